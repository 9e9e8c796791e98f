//! The matrix on the page, on paper and in a file; and what it says of the time to come. It is for those who see
//! everybody's training.

use actix_web::HttpResponse;

use super::handlers::{is_lead, sees_all};
use super::matrix::Matrix;
use super::matrix_filter::{MatrixFilter, MatrixQuery};
use super::matrix_out::{PrintPage, matrix_sheet};
use super::matrix_page::MatrixPage;
use super::outlook_pages::{GapsPage, NextPage};
use super::pages::record_address;
use crate::error::{Error, Result};
use crate::organisations::ApprovedMember;
use crate::sheets::{send_csv, send_workbook, write_csv, write_workbook};
use crate::web::{Query, redirect};

/// Everyone's training. A practitioner goes on to their own.
pub async fn show_matrix(viewer: ApprovedMember, query: Query<MatrixQuery>) -> Result<HttpResponse> {
    if !sees_all(&viewer) {
        return Ok(redirect(record_address(&viewer.organisation.slug, viewer.member.person.id)));
    }
    let (matrix, filter) = (matrix_of(&viewer).await?, MatrixFilter::of(&query));
    viewer.show(&MatrixPage::new(&viewer.organisation, matrix, &filter, is_lead(&viewer), viewer.today()))
}

pub async fn show_print(viewer: ApprovedMember, query: Query<MatrixQuery>) -> Result<HttpResponse> {
    let filter = MatrixFilter::of(&query);
    let matrix = filter.narrow(matrix_of(&viewer).await?);
    viewer.show(&PrintPage::new(&viewer.organisation, &matrix, &filter, viewer.today()))
}

pub async fn send_matrix_csv(viewer: ApprovedMember, query: Query<MatrixQuery>) -> Result<HttpResponse> {
    let sheet = matrix_sheet(&MatrixFilter::of(&query).narrow(matrix_of(&viewer).await?));
    Ok(send_csv(&file_name(&viewer), write_csv(&sheet.header, &sheet.rows)?))
}

pub async fn send_matrix_workbook(viewer: ApprovedMember, query: Query<MatrixQuery>) -> Result<HttpResponse> {
    let sheet = matrix_sheet(&MatrixFilter::of(&query).narrow(matrix_of(&viewer).await?));
    Ok(send_workbook(&file_name(&viewer), write_workbook(&[sheet])?))
}

pub async fn show_next(viewer: ApprovedMember) -> Result<HttpResponse> {
    let matrix = matrix_of(&viewer).await?;
    viewer.show(&NextPage::new(&viewer.organisation, &matrix, viewer.today()))
}

pub async fn show_gaps(viewer: ApprovedMember) -> Result<HttpResponse> {
    let matrix = matrix_of(&viewer).await?;
    viewer.show(&GapsPage::new(&viewer.organisation, &matrix, is_lead(&viewer)))
}

async fn matrix_of(viewer: &ApprovedMember) -> Result<Matrix> {
    if !sees_all(viewer) {
        return Err(Error::NotAllowed);
    }
    let (of, today) = (viewer.organisation.clone(), viewer.today());
    viewer.read(move |conn| Matrix::of(conn, &of, today)).await
}

fn file_name(viewer: &ApprovedMember) -> String {
    format!("training-{}-{}", viewer.organisation.slug, viewer.today())
}
