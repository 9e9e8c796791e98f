//! Someone at their own audit, whether they came by their account or by a personal link: the same pages, under two
//! addresses. Nothing here finds a response but through the person whose it is.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::besides::{name_barriers, say_held, say_in_words};
use super::forms::{BarriersForm, GroupForm, HeldForm, Then, WordsForm};
use super::instrument::Instrument;
use super::pages::{self, Besides, GroupPage, StartPage, TaskListPage};
use super::response::{CameBy, Response, answer_group, begin_by, finish};
use super::results::Results;
use super::results_page::ResultsPage;
use super::round::Round;
use super::side_pages::{BarriersPage, ClosedPage, CopyPage, HeldPage, NotAskedPage, Said, WordsPage};
use crate::accounts::Seat;
use crate::error::{Error, Result};
use crate::ids::{OrganisationId, PersonId};
use crate::training::{Module, sessions_with_free_places};
use crate::web::{Filled, Submitted, redirect, redirect_with_notice};

/// Whose audit it is, for which organisation, and in which round.
#[derive(Debug, Clone)]
pub struct Sitting {
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub person: PersonId,
    pub person_name: String,
    pub came_by: CameBy,
    /// Where its pages are.
    pub address: String,
    /// The one that takes answers now, and is for this organisation.
    pub round: Option<Round>,
    /// A round is open, but not for this organisation.
    pub is_elsewhere: bool,
}

/// Where a person's own audit for an organisation is.
pub(super) fn own_address(slug: &str) -> String {
    format!("/my/skills-audit/{slug}")
}

impl Sitting {
    pub fn by_link(&self) -> bool {
        self.came_by == CameBy::Link
    }

    /// What this person has begun in the round that takes answers.
    async fn response(&self, seat: &Seat) -> Result<Option<(Round, Response)>> {
        let Some(round) = self.round.clone() else { return Ok(None) };
        let (organisation, person) = (self.organisation, self.person);
        seat.read(move |conn| {
            let found = Response::of_person(conn, round.id, organisation, person)?;
            Ok(found.map(|response| (round, response)))
        })
        .await
    }

    /// [`Sitting::response`] to change: who goes on with what was typed from paper makes it their own.
    async fn own_response(&self, seat: &Seat) -> Result<Option<(Round, Response)>> {
        let Some((round, response)) = self.response(seat).await? else { return Ok(None) };
        if response.came_by != CameBy::Paper {
            return Ok(Some((round, response)));
        }
        let (id, organisation, person, came_by) = (round.id, self.organisation, self.person, self.came_by);
        let own = seat.act(move |act| begin_by(act, id, organisation, person, came_by)).await?;
        Ok(Some((round, own)))
    }

    pub async fn show_start(&self, seat: &Seat) -> Result<HttpResponse> {
        let Some(round) = &self.round else { return self.show_closed(seat).await };
        match self.task_list(seat).await? {
            Some(page) => seat.show(&page),
            None => {
                let number = round.instrument;
                let instrument = seat.read(move |conn| Instrument::of(conn, number)).await?;
                seat.show(&StartPage::new(self, &instrument))
            }
        }
    }

    pub async fn begin(&self, seat: &Seat) -> Result<HttpResponse> {
        let Some(round) = self.round.clone() else { return self.refuse_late(seat).await };
        let (organisation, person, came_by) = (self.organisation, self.person, self.came_by);
        let first = seat
            .act(move |act| {
                begin_by(act, round.id, organisation, person, came_by)?;
                Ok(Instrument::of(act.conn, round.instrument)?.groups.into_iter().next())
            })
            .await?;
        let first = first.ok_or(Error::NotFound)?;
        Ok(redirect(pages::group_address(&self.address, &first.id)))
    }

    pub async fn show_group(&self, seat: &Seat, group: &str) -> Result<HttpResponse> {
        let Some((round, response)) = self.response(seat).await? else { return self.go_to_start(group, seat).await };
        let instrument = seat.read(move |conn| Instrument::of(conn, round.instrument)).await?;
        let id = instrument.group(group)?.id.clone();
        let (answers, seen) =
            seat.read(move |conn| Ok((response.answers(conn)?, response.mark_of_group(conn, &id)?))).await?;
        seat.show(&GroupPage::new(self, &instrument, instrument.group(group)?, GroupPage::filled(&answers, &seen)))
    }

    pub async fn save_group(&self, seat: &Seat, group: &str, form: Submitted<GroupForm>) -> Result<HttpResponse> {
        let Some((round, response)) = self.own_response(seat).await? else {
            return self.late_or_lost(seat, group).await;
        };
        let instrument = seat.read(move |conn| Instrument::of(conn, round.instrument)).await?;
        let group = instrument.group(group)?;
        let form = match form.parsed() {
            Ok((form, _)) => form,
            Err(form) => return seat.refuse(&GroupPage::new(self, &instrument, group, form)),
        };
        let (id, held, then) = (group.id.clone(), response.clone(), form.then);
        let saved = seat
            .act(move |act| {
                let is_as_seen = held.is_as_seen(act, &id, &form.seen)?;
                if is_as_seen {
                    answer_group(act, &held, &id, &form.answers)?;
                }
                Ok(is_as_seen)
            })
            .await?;
        if !saved {
            return self.show_group_again(seat, &instrument, &group.id, response).await;
        }
        let next = instrument.group_after(group).map(|next| pages::group_address(&self.address, &next.id));
        Ok(self.go_on(then, &next.unwrap_or_else(|| format!("{}/barriers", self.address))))
    }

    /// Somebody else with the link, or the same person elsewhere, has saved this group meanwhile.
    async fn show_group_again(
        &self,
        seat: &Seat,
        instrument: &Instrument,
        group: &crate::ids::SkillGroupId,
        response: Response,
    ) -> Result<HttpResponse> {
        let id = group.clone();
        let (answers, seen) =
            seat.read(move |conn| Ok((response.answers(conn)?, response.mark_of_group(conn, &id)?))).await?;
        let first = instrument.skills_of(group).next().ok_or(Error::NotFound)?;
        let field = format!("{}{}", super::forms::CONFIDENCE, first.id);
        let form = GroupPage::filled(&answers, &seen).with_problem(&field, pages::SAVED_MEANWHILE);
        seat.refuse(&GroupPage::new(self, instrument, instrument.group(group.as_str())?, form))
    }

    pub async fn show_barriers(&self, seat: &Seat) -> Result<HttpResponse> {
        let Some((_, response)) = self.response(seat).await? else { return Ok(redirect(&self.address)) };
        let named = seat.read(move |conn| response.barriers(conn)).await?;
        let form = Filled::default().with_all("barriers", named.iter().map(|barrier| barrier.as_str()));
        seat.show(&BarriersPage::new(self, form))
    }

    pub async fn save_barriers(&self, seat: &Seat, form: Submitted<BarriersForm>) -> Result<HttpResponse> {
        let Some((_, response)) = self.own_response(seat).await? else { return self.refuse_late(seat).await };
        let form = match form.parsed() {
            Ok((form, _)) => form,
            Err(form) => return seat.refuse(&BarriersPage::new(self, form)),
        };
        seat.act(move |act| name_barriers(act, &response, &form.barriers)).await?;
        Ok(self.go_on(form.then, &format!("{}/held", self.address)))
    }

    pub async fn show_held(&self, seat: &Seat) -> Result<HttpResponse> {
        let Some((_, response)) = self.response(seat).await? else { return Ok(redirect(&self.address)) };
        let (held, modules) = seat.read(move |conn| Ok((response.held(conn)?, Module::all(conn)?))).await?;
        let form = Filled::default().with_all("held", held.iter().map(|module| module.as_str()));
        seat.show(&HeldPage::new(self, &modules, form))
    }

    pub async fn save_held(&self, seat: &Seat, form: Submitted<HeldForm>) -> Result<HttpResponse> {
        let Some((round, response)) = self.own_response(seat).await? else { return self.refuse_late(seat).await };
        let modules = seat.read(Module::all).await?;
        let form = match form.parsed() {
            Ok((form, _)) => form,
            Err(form) => return seat.refuse(&HeldPage::new(self, &modules, form)),
        };
        let held = form.modules.iter().filter(|id| modules.iter().any(|module| module.id == **id)).cloned().collect();
        let has_questions = seat
            .act(move |act| {
                let mut held: Vec<_> = held;
                held.sort();
                held.dedup();
                say_held(act, &response, &held)?;
                Ok(!Instrument::of(act.conn, round.instrument)?.open_questions.is_empty())
            })
            .await?;
        let next = if has_questions { format!("{}/words", self.address) } else { self.address.clone() };
        Ok(self.go_on(form.then, &next))
    }

    pub async fn show_words(&self, seat: &Seat) -> Result<HttpResponse> {
        let Some((round, response)) = self.response(seat).await? else { return Ok(redirect(&self.address)) };
        let read = response.clone();
        let (words, instrument) =
            seat.read(move |conn| Ok((read.words(conn)?, Instrument::of(conn, round.instrument)?))).await?;
        seat.show(&WordsPage::new(self, &instrument, &response, WordsPage::filled(&response, &words)))
    }

    pub async fn save_words(&self, seat: &Seat, form: Submitted<WordsForm>) -> Result<HttpResponse> {
        let Some((round, response)) = self.own_response(seat).await? else { return self.refuse_late(seat).await };
        let instrument = seat.read(move |conn| Instrument::of(conn, round.instrument)).await?;
        let mut form = match form.parsed() {
            Ok((form, _)) => form,
            Err(form) => return seat.refuse(&WordsPage::new(self, &instrument, &response, form)),
        };
        form.words.retain(|(id, _)| instrument.open_questions.iter().any(|open| open.id == *id));
        let then = form.then;
        seat.act(move |act| say_in_words(act, &response, &form.words, form.shares_name)).await?;
        Ok(self.go_on(then, &self.address))
    }

    pub async fn finish(&self, seat: &Seat) -> Result<HttpResponse> {
        let Some((_, response)) = self.own_response(seat).await? else { return self.refuse_late(seat).await };
        if seat.act(move |act| finish(act, &response)).await?.is_some() {
            return Ok(redirect(format!("{}/results", self.address)));
        }
        let page = self.task_list(seat).await?.ok_or(Error::Conflict)?;
        seat.refuse(&page.with_problem(pages::NOTHING_ANSWERED))
    }

    pub async fn show_results(&self, seat: &Seat) -> Result<HttpResponse> {
        let (organisation, person, now) = (self.organisation, self.person, seat.now());
        let found = seat
            .read(move |conn| {
                let Some((response, round)) = Response::last_finished(conn, organisation, person)? else {
                    return Ok(None);
                };
                let instrument = Instrument::of(conn, round.instrument)?;
                let modules: Vec<_> = instrument.modules.iter().map(|(id, _)| id).collect();
                let free = sessions_with_free_places(conn, &modules, now)?;
                let said = (response.answers(conn)?, response.held(conn)?, response.barriers(conn)?);
                Ok(Some((round, said, instrument, free)))
            })
            .await?;
        let Some((round, (answers, held, barriers), instrument, free)) = found else {
            return Ok(redirect(&self.address));
        };
        let results = Results::of(&instrument, &answers, &held);
        seat.show(&ResultsPage::new(self, &round, &results, &free, &barriers))
    }

    /// A copy of everything this person said in the latest round in which they said anything.
    pub async fn show_copy(&self, seat: &Seat) -> Result<HttpResponse> {
        let (organisation, person) = (self.organisation, self.person);
        let found = seat
            .read(move |conn| {
                let Some((response, round)) = Response::latest_of(conn, organisation, person)? else {
                    return Ok(None);
                };
                let said = Said {
                    answers: response.answers(conn)?,
                    held: response.held(conn)?,
                    barriers: response.barriers(conn)?,
                    words: response.words(conn)?,
                    round,
                };
                Ok(Some((Instrument::of(conn, said.round.instrument)?, Module::all(conn)?, said)))
            })
            .await?;
        match found {
            Some((instrument, modules, said)) => seat.show(&CopyPage::new(self, &instrument, &modules, &said)),
            None => Ok(redirect(&self.address)),
        }
    }

    async fn task_list(&self, seat: &Seat) -> Result<Option<TaskListPage>> {
        let Some((round, response)) = self.response(seat).await? else { return Ok(None) };
        let read = response.clone();
        let (answers, besides, instrument) = seat
            .read(move |conn| {
                let (barriers, held) = (read.barriers(conn)?, read.held(conn)?.len());
                let besides = Besides { barriers, held, words: read.words(conn)?.len() };
                Ok((read.answers(conn)?, besides, Instrument::of(conn, round.instrument)?))
            })
            .await?;
        Ok(Some(TaskListPage::new(self, &instrument, &response, &answers, &besides)))
    }

    /// A group's address without anything begun; one that never was is not found.
    async fn go_to_start(&self, group: &str, seat: &Seat) -> Result<HttpResponse> {
        seat.read(Instrument::load).await?.group(group)?;
        Ok(redirect(&self.address))
    }

    async fn late_or_lost(&self, seat: &Seat, group: &str) -> Result<HttpResponse> {
        seat.read(Instrument::load).await?.group(group)?;
        self.refuse_late(seat).await
    }

    /// What was just sent has no round to go to: it came too late, or was not begun in this one.
    async fn refuse_late(&self, seat: &Seat) -> Result<HttpResponse> {
        if self.round.is_some() {
            return Ok(redirect(&self.address));
        }
        seat.refuse(&self.closed_page(seat).await?.too_late())
    }

    async fn show_closed(&self, seat: &Seat) -> Result<HttpResponse> {
        if self.is_elsewhere {
            return seat.answer(StatusCode::OK, &NotAskedPage::new(self));
        }
        seat.show(&self.closed_page(seat).await?)
    }

    async fn closed_page(&self, seat: &Seat) -> Result<ClosedPage> {
        let (organisation, person) = (self.organisation, self.person);
        let (finished, saved) = seat
            .read(move |conn| {
                let finished = Response::last_finished(conn, organisation, person)?;
                Ok((finished, Response::latest_of(conn, organisation, person)?))
            })
            .await?;
        let of = |found: &Option<(Response, Round)>| found.as_ref().map(|(response, _)| response.clone());
        Ok(ClosedPage::new(self, of(&finished).as_ref(), of(&saved).as_ref()))
    }

    fn go_on(&self, then: Then, next: &str) -> HttpResponse {
        match then {
            Then::GoOn => redirect(next),
            Then::ComeBackLater => redirect_with_notice(&self.address, pages::SAVED),
        }
    }

    /// A made-up one, for pages.
    pub(super) fn sample() -> Self {
        Self {
            organisation: OrganisationId::new(),
            organisation_name: "The Hub".into(),
            person: PersonId::new(),
            person_name: "Amina Yusuf".into(),
            came_by: CameBy::Account,
            address: own_address("the-hub"),
            round: Some(Round::sample()),
            is_elsewhere: false,
        }
    }

    pub(super) fn sample_by_link() -> Self {
        Self { came_by: CameBy::Link, address: "/skills-audit/0123456789abcdef".into(), ..Self::sample() }
    }
}
