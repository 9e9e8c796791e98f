//! One page, for the people of an umbrella body.

use actix_web::HttpResponse;

use super::pages::{PicturePage, Words};
use super::stored::Picture;
use crate::affiliations::UmbrellaMember;
use crate::error::Result;
use crate::organisations::District;
use crate::training::Module;

pub async fn show_picture(member: UmbrellaMember) -> Result<HttpResponse> {
    let (id, now) = (member.organisation.id, member.now());
    let (picture, words) = member
        .read(move |conn| {
            let words = Words { districts: District::all(conn)?, modules: Module::all(conn)? };
            Ok((Picture::of(conn, id, now)?, words))
        })
        .await?;
    member.show(&PicturePage::new(&member.organisation, member.role, &picture, &words))
}
