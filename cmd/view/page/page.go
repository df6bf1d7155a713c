package page

import (
	"crypto/sha256"
	_ "embed" // the page and its style
	"encoding/base64"
	"html/template"
	"io"
	"iter"
	"time"

	"github.com/eshopos/eshopctl/importer"
)

// Run is a run as a page that can be attached to a ticket: one file, which
// needs nothing from outside and runs nothing.
type Run struct {
	Run     importer.Run
	Remarks iter.Seq2[importer.Remark, error]
	// Changes gives the changes of a table; nil when none are kept.
	Changes func(*importer.Table) iter.Seq2[importer.Change, error]
	Name    func(importer.Change) string    // what people call a record
	Explain func(code string) (text string) // what a code means
	Stages  []Stage                         // what took how long, in order
	Version string                          // of the program
}

// Stage is a part of a run and how long it took.
type Stage struct {
	Name string
	Took time.Duration
}

//go:embed report.html
var reportPage string

//go:embed report.css
var reportStyle string

// Write writes the page as HTML. Whatever came from a shop stands in it as text:
// first made harmless like in a terminal, then escaped by html/template for the
// place where it stands.
func (r Run) Write(w io.Writer, now time.Time) error {
	page, err := r.page(now)
	if err != nil {
		return err
	}
	parsed, err := template.New("report").Parse(reportPage)
	if err != nil {
		return err
	}
	return parsed.Execute(w, page)
}

// policy allows the page its own style and nothing else. It names the style by
// its digest, so that no other would be taken.
func policy() string {
	digest := sha256.Sum256([]byte(reportStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'; base-uri 'none'; form-action 'none'"
}
