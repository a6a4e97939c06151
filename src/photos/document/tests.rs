//! What is taken for which document, and how it is called.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(more: &[(&str, &str)]) -> Vec<u8> {
    archive(&[&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>")], more].concat())
}

fn kind(name: &str) -> &'static UploadType {
    UploadType::named(name).unwrap()
}

const ODT_TYPE: &str = "application/vnd.oasis.opendocument.text";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";

#[test]
fn every_type_is_known_by_its_content() {
    let xlsx = archive(&[("[Content_Types].xml", ""), ("xl/workbook.xml", "")]);
    let odt = archive(&[("mimetype", ODT_TYPE), ("content.xml", "")]);
    for (name, bytes) in [
        ("pdf", PDF),
        ("docx", &docx(&[])),
        ("xlsx", &xlsx),
        ("odt", &odt),
        ("txt", "Grüße\r\n\tAda".as_bytes()),
        ("csv", "\u{feff}a;b\n1;2".as_bytes()),
        ("csv", b"BMW;3"),
    ] {
        assert_eq!(check(bytes, kind(name)), Ok(()), "{name}");
        let all = [kind(name), kind("jpeg")];
        assert_eq!(kind_of(bytes, &format!("X.{}", name.to_uppercase()), &all), Some(kind(name)));
        assert_eq!(kind_of(bytes, &format!("x.{name}"), &[kind("jpeg")]), None, "{name} isn't let in");
        for other in ["pdf", "docx", "xlsx", "odt"].into_iter().filter(|other| *other != name) {
            let expected = kind(other).name;
            assert_eq!(
                check(bytes, kind(other)),
                Err(DocumentError::OtherType { expected }),
                "{name} as {other}"
            );
        }
    }
}

#[test]
fn what_only_looks_like_a_document_is_none() {
    let page = b"<!DOCTYPE html><script>alert(1)</script>";
    let behind_a_page = [page.as_slice(), PDF].concat();
    let odt_template = archive(&[("mimetype", &format!("{ODT_TYPE}-template")), ("content.xml", "")]);
    let cut = docx(&[]);
    for (name, bytes, code) in [
        ("pdf", b"".as_slice(), "file_empty"),
        ("pdf", page, "file_type_not_supported"),
        ("pdf", &behind_a_page, "file_type_not_supported"),
        ("pdf", b"%PDF-1.4\n<script>alert(1)</script>", "document_truncated"),
        ("pdf", &PDF[..20], "document_truncated"),
        ("txt", page, "file_type_not_supported"),
        ("txt", b" \n <svg xmlns='http://www.w3.org/2000/svg'/>", "file_type_not_supported"),
        ("csv", b"\xef\xbb\xbf<?xml version='1.0'?>", "file_type_not_supported"),
        ("txt", b"a\0b", "file_type_not_supported"),
        ("txt", b"caf\xe9", "file_type_not_supported"),
        ("txt", PDF, "file_type_not_supported"),
        ("docx", &archive(&[("a.exe", "MZ")]), "file_type_not_supported"),
        ("docx", &cut[..cut.len() - 30], "document_truncated"),
        ("docx", &docx(&[("word/vbaProject.bin", "x")]), "document_with_macros"),
        ("odt", &odt_template, "file_type_not_supported"),
        (
            "odt",
            &archive(&[("mimetype", ODT_TYPE), ("content.xml", ""), ("Basic/x.xml", "")]),
            "document_with_macros",
        ),
    ] {
        let refused = check(bytes, kind(name)).expect_err(name);
        assert_eq!(refused.code(), code, "{name}: {}", String::from_utf8_lossy(bytes));
        assert!(refused.to_string().contains(": "), "{refused} says no remedy");
    }
}

/// Whatever an archive says of its own measures.
#[test]
fn archives_that_lie_are_read_to_their_end_and_no_further() {
    let honest = docx(&[]);
    for at in 0..honest.len() {
        for byte in [0, 1, 0x7F, 0xFF] {
            let mut lying = honest.clone();
            lying[at] = byte;
            let _ = check(&lying, kind("docx"));
        }
        let _ = check(&honest[..at], kind("docx"));
    }
}

#[test]
fn a_document_is_called_as_what_it_is() {
    let pdf = kind("pdf");
    assert_eq!(named("My CV.PDF", pdf), "My CV.PDF");
    assert_eq!(named("cv", pdf), "cv.pdf");
    assert_eq!(named("cv.html", pdf), "cv.html.pdf");
    let long = named(&"é".repeat(127), pdf);
    assert!(long.len() <= 255 && long.ends_with("é.pdf"), "{long}");
}

#[test]
fn a_name_in_a_header_is_quoted_and_exact() {
    assert_eq!(
        disposition("Ada's \"CV\" 100%é.pdf"),
        "attachment; filename=\"Ada's _CV_ 100__.pdf\"; filename*=UTF-8''Ada%27s%20%22CV%22%20100%25%C3%A9.pdf"
    );
    assert!(disposition("a\r\nSet-Cookie: x\u{202e}.pdf").is_ascii());
    assert!(!disposition("a\r\nb").contains(['\r', '\n']));
}
