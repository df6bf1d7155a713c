// Package view shows what commands came to. Each report is a value with its text for
// people and its document for programs, and stands with both in one file; Show in
// report.go writes it in the form that was asked for, and is the one place where JSON is
// printed. It decides how things look and never what they mean. It may import what is
// below it, importer and connector. Begin with report.go, then any report, such as
// restore.go.
package view
