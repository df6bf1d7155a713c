package tokens

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/oauth2"

	"github.com/eshopos/eshopctl/connector"
)

// tokenEndpoint is the address at which one shop issues tokens, for one request.
type tokenEndpoint struct {
	provider connector.Provider
	domain   string
	patience *connector.Patience
	sent     []string // secrets in the request, which an answer may repeat
}

// firstPause comes before the second request; each later pause is twice as long.
const firstPause = 500 * time.Millisecond

// throttledTries is how many times in all a request is sent that the shop puts off.
const throttledTries = 20

// askTokens sends a request, at most tries times while again says that it may help, and
// more often while the shop asks for a pause.
func (e tokenEndpoint) askTokens(ctx context.Context, tries int, again func(error) bool,
	request func(context.Context) (*oauth2.Token, error)) (*oauth2.Token, error) {
	client := *e.provider.Endpoint(e.domain).Client
	client.Transport = acceptJSON{client.Transport}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, &client)
	token, err := request(ctx)
	for failed, throttled := 1, 0; err != nil && (again(err) || e.isForeign(err)); {
		asked, throttles := askedPause(err)
		if throttles {
			throttled++
		}
		if failed-throttled >= tries || throttled >= throttledTries {
			break
		}
		if err := e.pauseBefore(ctx, err, max(asked, firstPause<<min(failed-1, 6)), asked); err != nil {
			return nil, err
		}
		failed++
		token, err = request(ctx)
	}
	if err != nil {
		return nil, e.refusedFault(ctx, err)
	}
	e.patience.Moved()
	return token, nil
}

// askedPause returns how long a refusal asks to wait, 0 when it does not say, and
// whether the shop throttles.
func askedPause(err error) (asked time.Duration, throttles bool) {
	refusal := (*oauth2.RetrieveError)(nil)
	if !errors.As(err, &refusal) {
		return 0, false
	}
	return connector.RetryAfter(refusal.Response.Header), refusal.Response.StatusCode == http.StatusTooManyRequests
}

// pauseBefore waits before another attempt, if anybody has the patience for that.
func (e tokenEndpoint) pauseBefore(ctx context.Context, why error, wait, asked time.Duration) error {
	fault := (*connector.Fault)(nil)
	if refused := e.refusedFault(ctx, why); !errors.As(refused, &fault) {
		return refused
	}
	what := "another try: " + fault.Message
	if fault.Code == connector.Throttled {
		what = e.domain + ", which asks for fewer requests"
	}
	if !e.patience.Allows(what, wait) {
		return e.patience.TooLong(fault, asked)
	}
	return connector.Sleep(ctx, wait)
}

// notArrived reports whether the shop cannot have acted on the request, or says
// itself that it may pass.
func notArrived(err error) bool {
	if refusal := (*oauth2.RetrieveError)(nil); errors.As(err, &refusal) {
		return refusal.Response.StatusCode == http.StatusTooManyRequests || refusal.Response.StatusCode >= 500
	}
	dial := (*net.OpError)(nil)
	return errors.As(err, &dial) && dial.Op == "dial"
}

// mayPass reports whether a request that may be sent twice is worth it.
func mayPass(err error) bool {
	refusal, impostor, fault := (*oauth2.RetrieveError)(nil), (*tls.CertificateVerificationError)(nil), (*connector.Fault)(nil)
	final := errors.As(err, &refusal) || errors.As(err, &impostor) || errors.As(err, &fault)
	return !final || notArrived(err)
}

// isForeign reports whether something else answered than the shop.
func (e tokenEndpoint) isForeign(err error) bool {
	refusal := (*oauth2.RetrieveError)(nil)
	return errors.As(err, &refusal) && errors.Is(e.refusedFault(context.Background(), err), connector.ErrForeign)
}

// refusedFault puts what went wrong into words.
func (e tokenEndpoint) refusedFault(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if refusal := (*oauth2.RetrieveError)(nil); errors.As(err, &refusal) {
		return e.provider.TokenRefused(e.domain, refusal.Response.StatusCode, refusal.Response.Header, e.veilSecrets(refusal.Body))
	}
	if fault := (*connector.Fault)(nil); errors.As(err, &fault) { // of the provider's own client, which did not send it
		return fault
	}
	if cause := (*url.Error)(nil); errors.As(err, &cause) {
		err = cause.Err // without the address
	}
	return &connector.Fault{Code: connector.Network,
		Message: fmt.Sprintf("the token endpoint of %s gave no token: %s", e.domain, connector.ClipText(err.Error(), 200)),
		Next:    connector.Advice("check the network and the proxy settings (HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE), then try again")}
}

// veilSecrets hides the secrets of the request in an answer that repeats them.
func (e tokenEndpoint) veilSecrets(body []byte) []byte {
	for _, secret := range e.sent {
		if secret != "" {
			body = bytes.ReplaceAll(body, []byte(secret), []byte(connector.NewSecret(secret).String()))
		}
	}
	return body
}

// acceptJSON asks for JSON; without it errors come as whole pages of HTML. A page in
// the place of a token is an error, too.
type acceptJSON struct{ next http.RoundTripper }

func (t acceptJSON) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Accept", "application/json")
	response, err := t.next.RoundTrip(r)
	if err != nil || response.StatusCode != http.StatusOK {
		return response, err
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, longestAnswer))
	response.Body.Close()
	switch {
	case err != nil:
		return nil, err
	case !json.Valid(body):
		return nil, &oauth2.RetrieveError{Response: response} // its words may be a token all the same
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

const longestAnswer = 1 << 20
