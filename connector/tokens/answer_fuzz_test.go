package tokens

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/fakeshop"
)

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
		fakeshop.Pair(1), `{"access_token":"t"}`, `{"access_token":"t","scope":"read_products"}`, `{"access_token":"t","refresh_token":"r","expires_in":"3600","refresh_token_expires_in":"7776000"}`,
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
		from := Issuer{Provider: &answering{canned: canned{status, body}}, App: connector.App{ClientID: "client", Secret: connector.NewSecret("CANARY-secret")}, Domain: "tea.shop", Now: func() time.Time { return now }}
		got, err := from.RedeemCode(t.Context(), "code-1", "verifier-1", false)
		if err != nil {
			if fault := (*connector.Fault)(nil); !errors.As(err, &fault) || strings.Contains(fault.Message, "CANARY-secret") {
				t.Errorf("%d %q: %v", status, body, err)
			}
			return
		}
		token := got.Token
		switch {
		case got.Secrets.AccessToken.IsZero():
			t.Errorf("%q gives no token", body)
		case token.Kind == connector.Permanent && token.ExpiresAt.IsZero() && got.Secrets.RefreshToken.IsZero():
		case token.Kind != connector.Expiring || got.Secrets.RefreshToken.IsZero() || !token.ExpiresAt.After(now) || !token.RefreshExpiresAt.After(now) ||
			token.RenewAt.After(token.ExpiresAt) || token.ExpiresAt.Year() > 9999 || token.RefreshExpiresAt.Year() > 9999:
			t.Errorf("%q gives %+v", body, token)
		}
	})
}

// answering is the platform with a token endpoint that is no server.
type answering struct {
	fakeshop.Provider
	canned canned
}

func (a *answering) Endpoint(string) connector.Endpoint {
	return connector.Endpoint{TokenURL: "https://tea.shop/token", Client: &http.Client{Transport: a.canned}}
}
