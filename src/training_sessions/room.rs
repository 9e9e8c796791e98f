//! Who gets a place, as one rule without a database: so many places, some held for those who are favoured until a day.
//! A place that is free for someone never stays free while they wait for it.

/// How full a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    pub capacity: i32,
    pub booked: i32,
    /// Of those booked, how many are favoured.
    pub favoured: i32,
    /// How many places are for the favoured alone, those they have taken among them; nothing once the day has come.
    pub held: i32,
}

impl Room {
    /// Places for someone who is favoured.
    pub fn free_for_favoured(self) -> i32 {
        self.capacity - self.booked
    }

    /// Places for anyone.
    pub fn free_for_all(self) -> i32 {
        let still_held = (self.held - self.favoured).max(0);
        (self.capacity - self.booked - still_held).max(0)
    }

    /// Is there a place for someone?
    pub fn takes(self, is_favoured: bool) -> bool {
        if is_favoured { self.free_for_favoured() > 0 } else { self.free_for_all() > 0 }
    }

    /// With one more.
    pub fn with(self, is_favoured: bool) -> Self {
        Self { booked: self.booked + 1, favoured: self.favoured + i32::from(is_favoured), ..self }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn held_places_are_for_the_favoured_until_they_have_taken_them() {
        let room = |booked, favoured| Room { capacity: 10, booked, favoured, held: 3 };
        for (booked, favoured, for_all, for_favoured) in
            [(0, 0, 7, 10), (7, 0, 0, 3), (7, 1, 1, 3), (8, 3, 2, 2), (9, 2, 0, 1), (10, 3, 0, 0)]
        {
            let room = room(booked, favoured);
            let free = (room.free_for_all(), room.free_for_favoured());
            assert_eq!(free, (for_all, for_favoured), "{booked} booked, {favoured} favoured");
        }
    }

    proptest! {
        /// Whoever comes in whatever order: never more than there are places, and the held ones are there for those
        /// for whom they are held.
        #[test]
        fn a_room_is_never_too_full_and_keeps_what_it_holds(
            capacity in 1_i32..40,
            held in 0_i32..40,
            comers in proptest::collection::vec(any::<bool>(), 0..120),
        ) {
            let held = held.min(capacity);
            let mut room = Room { capacity, booked: 0, favoured: 0, held };
            let (mut turned_away_others, mut turned_away_favoured) = (0, 0);
            for is_favoured in comers {
                if room.takes(is_favoured) {
                    room = room.with(is_favoured);
                } else if is_favoured {
                    turned_away_favoured += 1;
                } else {
                    turned_away_others += 1;
                }
                prop_assert!(room.booked <= room.capacity && room.favoured <= room.booked);
                prop_assert!(room.booked - room.favoured <= capacity - held, "others never sit on held places");
            }
            if turned_away_favoured > 0 {
                prop_assert_eq!(room.booked, room.capacity, "someone favoured is turned away by a full room only");
            }
            if turned_away_others > 0 {
                prop_assert_eq!(room.free_for_all(), 0);
            }
        }
    }
}
