package connector

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/testdata/hostile"
)

// Only a signed answer to this handshake, with each parameter once, is taken,
// whatever is sent.
//
// hazard O1, O7, O8
func FuzzCallback(f *testing.F) {
	for _, c := range hostile.Cases(f, "callbacks") {
		_, query, _ := strings.Cut(strings.SplitN(c.Text, "\n", 2)[0], "?")
		f.Add(strings.NewReplacer("{state}", "OURS", "{hmac}", "signed", "{signed}", "signed", "{good}", "state=OURS&hmac=signed&code=c&shop=tea.shop").Replace(query))
	}
	f.Fuzz(func(t *testing.T, rawQuery string) {
		h := newHandshake(&attempt{Service: &Service{Provider: &platform{}, Now: time.Now}, domain: "tea.shop"})
		h.state = "OURS"
		reply, fault := h.receiveAnswer(rawQuery)
		if (reply == nil) == (fault == nil) {
			t.Fatalf("%q: %v %v", rawQuery, reply, fault)
		}
		if fault != nil {
			if fault.Reason == "" || strings.Contains(fault.Message, "OURS") {
				t.Errorf("%q is refused with %+v", rawQuery, fault)
			}
			return
		}
		query, err := url.ParseQuery(rawQuery)
		if err != nil || len(query["state"]) != 1 || query.Get("state") != "OURS" || len(query["hmac"]) != 1 || query.Get("hmac") != "signed" {
			t.Errorf("%q is taken", rawQuery)
		}
		for name, values := range query {
			if len(values) != 1 {
				t.Errorf("%q is taken, with %q %d times", rawQuery, name, len(values))
			}
		}
		if reply.fault == nil && (reply.code == "" || reply.code != query.Get("code") || query.Has("error") && query.Get("error") != "") {
			t.Errorf("%q: code %q", rawQuery, reply.code)
		}
	})
}

// An address for callbacks is taken only if it is one of this machine, and then
// nothing of it is changed.
//
// hazard O14, O16
func FuzzCallbackURL(f *testing.F) {
	for _, c := range hostile.Cases(f, "environment") {
		if address, found := strings.CutPrefix(c.Text, "ESHOPCTL_SHOPIFY_CALLBACK_URL="); found {
			f.Add(strings.SplitN(address, "\n", 2)[0])
		}
	}
	f.Add("http://127.0.0.1:13388/callback")
	f.Add("http://[::1]:1/")
	f.Add("http://localhost/callback/")
	f.Fuzz(func(t *testing.T, text string) {
		u, err := ParseCallbackURL(text, "VARIABLE")
		if err != nil {
			if fault := (*Fault)(nil); !errors.As(err, &fault) || fault.Code != Usage || len(fault.Message) > 600 {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		if u.String() != text || u.Scheme != "http" || !isLoopback(u.Hostname()) || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
			t.Errorf("%q is taken, as %s", text, u)
		}
	})
}

// canned is a token endpoint that always says the same.
type canned struct {
	status int
	body   string
}

func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: c.status, Body: io.NopCloser(strings.NewReader(c.body)), Header: http.Header{"Content-Type": {"application/json"}}, Request: r}, nil
}

// A token answer gives a token that can be used and renewed, or none.
//
// hazard O24
func FuzzTokenAnswer(f *testing.F) {
	for _, body := range []string{
		pair(1), `{"access_token":"t"}`, `{"access_token":"t","scope":"read_products"}`, `{"access_token":"t","refresh_token":"r","expires_in":"3600","refresh_token_expires_in":"7776000"}`,
		`{"access_token":"t","refresh_token":"r","expires_in":1e300,"refresh_token_expires_in":9223372036854775807}`, `{"access_token":"t","expires_in":-1}`,
		`{"access_token":"t","expires_in":3600}`, `{"access_token":7}`, `{}`, `null`, `[]`, `not-json`, ``, `access_token=t&expires_in=3600`, `{"access_token":"t","expires_in":null}`,
		`{"error":"invalid_request","error_description":"This request requires an active refresh_token"}`,
	} {
		f.Add(200, body)
		f.Add(400, body)
	}
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 200 || status > 429 || status == 429 {
			return // later ones are asked again, after a pause
		}
		from := issuer{provider: &answering{canned: canned{status, body}}, app: App{ClientID: "client", Secret: NewSecret("CANARY-secret")}, domain: "tea.shop", now: func() time.Time { return now }}
		got, err := from.redeemCode(t.Context(), "code-1", "verifier-1", false)
		if err != nil {
			if fault := (*Fault)(nil); !errors.As(err, &fault) || strings.Contains(fault.Message, "CANARY-secret") {
				t.Errorf("%d %q: %v", status, body, err)
			}
			return
		}
		token := got.token
		switch {
		case got.secrets.AccessToken.IsZero():
			t.Errorf("%q gives no token", body)
		case token.Kind == Permanent && token.ExpiresAt.IsZero() && got.secrets.RefreshToken.IsZero():
		case token.Kind != Expiring || got.secrets.RefreshToken.IsZero() || !token.ExpiresAt.After(now) || !token.RefreshExpiresAt.After(now) ||
			token.RenewAt.After(token.ExpiresAt) || token.ExpiresAt.Year() > 9999 || token.RefreshExpiresAt.Year() > 9999:
			t.Errorf("%q gives %+v", body, token)
		}
	})
}

// answering is the platform with a token endpoint that is no server.
type answering struct {
	platform
	canned canned
}

func (a *answering) Endpoint(string) Endpoint {
	return Endpoint{TokenURL: "https://tea.shop/token", Client: &http.Client{Transport: a.canned}}
}
