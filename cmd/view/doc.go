// Package view shows the results of commands. Each report is a value with its text for
// people and its document for programs, both in one file. Show in report.go writes it in
// the form that was asked for, and is the only place where JSON is printed. The package
// decides how things look, never what they mean. It may import what is below it, importer
// and connector. Begin with report.go, then any report, such as restore.go.
package view
