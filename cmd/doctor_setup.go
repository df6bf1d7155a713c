package cmd

import (
	"cmp"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/state"
)

// The checks of settings and machine. None needs a connected store.

func (e *examination) stateFile() view.Check {
	const name = "the state file can be used"
	switch {
	case errors.Is(e.openError, state.ErrNoState):
		return passed(name, "there is none yet; connect makes "+e.config.StatePath)
	case e.db == nil:
		fault := faultOf(e.openError)
		return failedCheck(name, fault.Message, fault.Hint)
	}
	if remote := e.db.Remote(); remote != "" {
		return failedCheck(name, e.db.Path()+" lies on "+remote+", where two machines may write it at a time and damage it", "give a file on a disk of this machine with --state FILE")
	}
	return passed(name, e.db.Path())
}

func (e *examination) key() view.Check {
	const name = "the key opens the stored secrets"
	if check, ok := e.needsConnector(name); !ok {
		return check
	}
	if e.found.State != connector.Live {
		return unknown(name, "there is no secret to open")
	}
	if _, err := e.db.Secrets(e.ctx, e.found); err != nil {
		fault := faultOf(err)
		return failedCheck(name, fault.Message, e.found.Addressed(fault.Hint))
	}
	return passed(name, "")
}

func (e *examination) proxy() view.Check {
	const name = "the proxy setting can be used"
	text := e.env.Getenv("HTTPS_PROXY")
	if text == "" {
		text = e.env.Getenv("https_proxy")
	}
	if text == "" {
		return passed(name, "no proxy is set")
	}
	proxy, err := url.Parse(text)
	if err != nil || proxy.Host == "" {
		return failedCheck(name, "HTTPS_PROXY is not an address", "set it to http://HOST:PORT, or unset it")
	}
	connection, err := net.DialTimeout("tcp", proxy.Host, 3*time.Second)
	if err != nil {
		return failedCheck(name, "nothing answers at "+proxy.Host, "correct HTTPS_PROXY, or unset it")
	}
	_ = connection.Close() // it was only asked whether somebody is there
	return passed(name, proxy.Host)
}

func (e *examination) certificates() view.Check {
	const name = "there are certificates to know Shopify by"
	path := e.env.Getenv("SSL_CERT_FILE")
	if path == "" {
		if _, err := x509.SystemCertPool(); err != nil {
			return failedCheck(name, "the system has none: "+err.Error(), "install the system's package of CA certificates, or set SSL_CERT_FILE")
		}
		return passed(name, "the system's")
	}
	text, err := os.ReadFile(path)
	switch {
	case err != nil:
		return failedCheck(name, err.Error(), "correct SSL_CERT_FILE, or unset it")
	case !x509.NewCertPool().AppendCertsFromPEM(text):
		return failedCheck(name, "there is no certificate in "+path, "correct SSL_CERT_FILE, or unset it")
	}
	return passed(name, path)
}

func (e *examination) client() view.Check {
	const name = "client id and secret are known"
	app := e.config.Shopify
	switch {
	case e.connected && e.found.ClientID != "" && app.ClientID != "" && e.found.ClientID != app.ClientID:
		return failedCheck(name, "the environment names another client id than the connector has",
			"unset ESHOPCTL_SHOPIFY_CLIENT_ID, or connect again")
	case e.connected && e.found.State == connector.Live:
		return passed(name, "stored with the connector")
	case app.ClientID == "" || app.ClientSecret.IsZero():
		return failedCheck(name, "ESHOPCTL_SHOPIFY_CLIENT_ID or ESHOPCTL_SHOPIFY_CLIENT_SECRET is not set", "set both to the values of your app")
	}
	return passed(name, "from the environment")
}

func (e *examination) callback() view.Check {
	const name = "the callback address is one of this machine"
	if _, err := connector.ParseCallbackURL(e.config.Shopify.CallbackURL, "ESHOPCTL_SHOPIFY_CALLBACK_URL"); err != nil {
		fault := faultOf(err)
		return failedCheck(name, fault.Message, fault.Hint)
	}
	return passed(name, "the app's redirect URLs must hold exactly "+e.config.Shopify.CallbackURL)
}

func (e *examination) port() view.Check {
	const name = "the callback port is free"
	address, err := connector.ParseCallbackURL(e.config.Shopify.CallbackURL, "ESHOPCTL_SHOPIFY_CALLBACK_URL")
	if err != nil {
		return unknown(name, "the callback address is not one")
	}
	host := net.JoinHostPort(address.Hostname(), cmp.Or(address.Port(), "80"))
	listener, err := net.Listen("tcp", host)
	if err != nil {
		return failedCheck(name, host+" is in use", "end the other program, or register another address and set ESHOPCTL_SHOPIFY_CALLBACK_URL")
	}
	_ = listener.Close() // it was only asked whether it is free
	return passed(name, address.Host)
}

func (e *examination) lastAttempt() view.Check {
	const name = "the last attempt to connect worked"
	if check, ok := e.needsConnector(name); !ok {
		return check
	}
	attempt := e.found.LastAttempt
	if attempt == nil || attempt.Reason == "" {
		return passed(name, "")
	}
	cure := health.AfterFailure(e.found, attempt.Reason)
	return failedCheck(name, fmt.Sprintf("%s: %s", attempt.Reason, attempt.Reason.Text()), cure.Text+": "+cure.Command)
}

// skewAllowed is how far clocks may differ: callbacks are refused beyond it.
const skewAllowed = 300 * time.Second

// clock compares this machine's clock with the shop's.
func (e *examination) clock() view.Check {
	const name = "the clock is right"
	if released, err := time.Parse("2006-01", defaultAPIVersion); err == nil && e.env.Now().Before(released) {
		return failedCheck(name, "it says "+e.env.Now().Format(time.DateOnly)+", which is before this eshopctl was made", "set the clock of this machine")
	}
	if !e.connected || e.found.Domain == "" {
		return unknown(name, fmt.Sprintf("it says %s; there is no shop to compare it with", e.env.Now().Format("2006-01-02 15:04:05 MST")))
	}
	site, err := e.site()
	if err != nil {
		return unknown(name, faultOf(err).Message)
	}
	request, err := http.NewRequestWithContext(e.ctx, http.MethodHead, site.URL(e.found.Domain, "/").String(), nil)
	if err != nil {
		return unknown(name, "the shop's address is not one")
	}
	response, err := site.Client(e.found.Domain).Do(request)
	if err != nil {
		return unknown(name, "the shop does not answer")
	}
	defer response.Body.Close()
	theirs, err := http.ParseTime(response.Header.Get("Date"))
	if err != nil {
		return unknown(name, "the shop does not say what time it is")
	}
	if skew := e.env.Now().Sub(theirs).Round(time.Second); skew.Abs() > skewAllowed {
		return failedCheck(name, fmt.Sprintf("it differs by %s from the shop's", skew.Abs()), "set the clock; callbacks that are off by more than 5 minutes are refused")
	}
	return passed(name, "")
}
