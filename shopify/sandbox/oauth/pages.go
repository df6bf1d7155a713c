package oauth

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"
)

// approval is what the authorize page shows to the merchant.
type approval struct {
	Shop, Domain, Ticket string
	Scopes               []string
}

func showApproval(w http.ResponseWriter, a approval) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	template.Must(template.New("approval").Parse(approvalHTML)).Execute(w, a)
}

// oauthErrorPage reports an error to a browser as Shopify does: with a page, never with a redirect.
func oauthErrorPage(w http.ResponseWriter, status int, problem string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	title := fmt.Sprintf("%d - Oauth error %s", status, strings.SplitN(problem, ":", 2)[0])
	if status == http.StatusUnauthorized {
		title = "unauthorized - Oauth error " + strings.SplitN(problem, ":", 2)[0]
	}
	template.Must(template.New("error").Parse(errorHTML)).Execute(w, map[string]string{"Title": title, "Problem": problem})
}

const pageStyle = `<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 34em; margin: 4em auto; padding: 0 1em; color: #222 }
button { font: inherit; padding: .5em 1.5em; margin-right: .5em; border: 1px solid #888; border-radius: 6px; background: #fff }
button.go { background: #1a7f4b; border-color: #1a7f4b; color: #fff }
small { color: #666 }
</style>`

const approvalHTML = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Install app - {{.Shop}}</title>` + pageStyle + `</head>
<body>
<h1>{{.Shop}}</h1>
<p>An app asks for access to <b>{{.Domain}}</b>. It wants to:</p>
<ul>{{range .Scopes}}<li><code>{{.}}</code></li>{{end}}</ul>
<form method="post" action="/admin/oauth/authorize">
<input type="hidden" name="shop" value="{{.Domain}}">
<input type="hidden" name="ticket" value="{{.Ticket}}">
<button class="go" name="answer" value="approve">Approve</button>
<button name="answer" value="cancel">Cancel</button>
</form>
<p><small>This is a sandbox on your own machine. No real shop is involved.</small></p>
</body></html>
`

const errorHTML = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{.Title}}</title>` + pageStyle + `</head>
<body><h1>{{.Title}}</h1><p>Oauth error {{.Problem}}</p></body></html>
`
