package callback

import (
	"html"
	"io"
	"log"
	"net/http"
	"strings"
)

// page is what the merchant sees. It holds no secret and loads nothing.
type page struct{ title, text string }

var (
	pageConnected = page{"Connected", ""}
	pageFailed    = page{"Not connected", ""}
	pageRefused   = page{"This did not work", "This address does not answer the connection that eshopctl waits for. Go back to the terminal."}
	pageUsed      = page{"Already used", "This address works once. Go back to the terminal."}
	pageNothing   = page{"Nothing here", "eshopctl waits here for a shop to call back."}
)

func (p page) withText(text string) page {
	p.text = text
	return p
}

const pageHTML = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>TITLE - eshopctl</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:18vh auto;padding:0 1rem;color:#222;background:#fff}h1{font-size:1.6rem}</style>
</head><body><h1>TITLE</h1><p>TEXT</p><p>You can close this window.</p></body></html>
`

// hardenHeaders sets the headers of every answer: nothing of it is loaded from
// elsewhere, framed, kept, or told to the next page.
func hardenHeaders(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Connection", "close")
}

func showPage(w http.ResponseWriter, status int, p page) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	text := strings.NewReplacer("TITLE", html.EscapeString(p.title), "TEXT", html.EscapeString(p.text)).Replace(pageHTML)
	_, _ = io.WriteString(w, text)
}

// silentLog drops the server's own log: strangers must not fill the terminal.
func silentLog() *log.Logger { return log.New(io.Discard, "", 0) }
