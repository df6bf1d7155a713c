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

// Write writes the page as HTML. Whatever came from a shop stands in it as text:
// first made harmless like in a terminal, then escaped by html/template for the
// place where it stands.
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

// stylePolicy allows the page its own style and nothing else. It names the style by
// its digest, so that no other would be taken.
func stylePolicy() string {
	digest := sha256.Sum256([]byte(reportStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'; base-uri 'none'; form-action 'none'"
}
