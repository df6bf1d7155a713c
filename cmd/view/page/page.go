package page

import (
	"crypto/sha256"
	_ "embed" // the page and its style
	"encoding/base64"
	"html/template"
	"io"
	"time"
)

//go:embed report.html
var reportPage string

//go:embed report.css
var reportStyle string

// Write writes the page as HTML. Text from a shop is made harmless as for a terminal, and
// then escaped by html/template for its place.
func (r Run) Write(w io.Writer, now time.Time) error {
	data, err := r.pageData(now)
	if err != nil {
		return err
	}
	data.Policy, data.Style = stylePolicy(), template.CSS(reportStyle) // #nosec G203 -- a constant
	parsed, err := template.New("report").Parse(reportPage)
	if err != nil {
		return err
	}
	return parsed.Execute(w, data)
}

// stylePolicy is a content security policy that allows the page's own style, by its digest,
// and nothing else.
func stylePolicy() string {
	digest := sha256.Sum256([]byte(reportStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'; base-uri 'none'; form-action 'none'"
}
