package facts

import (
	"cmp"
	"context"
	"crypto/x509"
	"net"
	"net/url"
	"os"
	"time"

	"github.com/eshopos/eshopctl/connector/callback"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer/job"
)

// machineFacts are what there is to know about this machine and its settings.
func (g *Gatherer) machineFacts() *health.Machine {
	m := &health.Machine{StatePath: g.Settings.StatePath, ForgetURL: g.Settings.ForgetCallback}
	m.Proxy, m.ProxyWrong = proxyOf(cmp.Or(g.Settings.Getenv("HTTPS_PROXY"), g.Settings.Getenv("https_proxy")))
	g.lookAtTemp(m)
	g.lookAtCertificates(m)
	g.lookAtCallback(m)
	return m
}

// checkTime is how long doctor looks through the state file: as much as a person waits.
const checkTime = 10 * time.Second

// lookIntoFile looks into the state file itself. The error is what is wrong inside,
// after which nothing that it says counts.
func (g *Gatherer) lookIntoFile(ctx context.Context, m *health.Machine, db job.Upkeep) error {
	found := db.Examine(ctx, checkTime)
	m.Remote, m.Looked = db.RemoteKind(), found.Looked
	if found.RoomKnown {
		m.Room = &found.Room
	}
	if found.Unwritable != nil {
		m.Unwritable = g.Classify(found.Unwritable)
	}
	return found.Damage
}

func (g *Gatherer) lookAtTemp(m *health.Machine) {
	m.Temp = g.Settings.Temp.Path()
	if err := g.Settings.Temp.Check(); err != nil {
		m.TempFault = g.Classify(err)
	}
}

// proxyOf is the proxy that is set, and why it cannot be used.
func proxyOf(text string) (host, wrong string) {
	if text == "" {
		return "", ""
	}
	proxy, err := url.Parse(text)
	if err == nil && proxy.Host == "" {
		proxy, err = url.Parse("http://" + text) // HOST:PORT, as every Go program takes it
	}
	if err != nil || proxy.Host == "" {
		return "", "HTTPS_PROXY is no address"
	}
	host = proxy.Host
	if proxy.Port() == "" {
		host = net.JoinHostPort(proxy.Hostname(), map[string]string{"https": "443", "socks5": "1080", "socks5h": "1080"}[proxy.Scheme])
		if proxy.Scheme == "http" {
			host = net.JoinHostPort(proxy.Hostname(), "80")
		}
	}
	connection, err := net.DialTimeout("tcp", host, 3*time.Second)
	if err != nil {
		return host, "nothing answers at " + host + ", which HTTPS_PROXY names"
	}
	_ = connection.Close() // it was only asked whether somebody is there
	return host, ""
}

func (g *Gatherer) lookAtCertificates(m *health.Machine) {
	path := g.Settings.Getenv("SSL_CERT_FILE")
	if path == "" {
		m.Certificates = "the system's"
		if _, err := x509.SystemCertPool(); err != nil {
			m.CertsWrong = "the system has none: " + err.Error()
		}
		return
	}
	m.Certificates, m.CertsChosen = path, true
	text, err := os.ReadFile(path)
	switch {
	case err != nil:
		m.CertsWrong = "SSL_CERT_FILE: " + err.Error()
	case !x509.NewCertPool().AppendCertsFromPEM(text):
		m.CertsWrong = "there is no certificate in " + path + ", which SSL_CERT_FILE names"
	}
}

func (g *Gatherer) lookAtCallback(m *health.Machine) {
	address, err := callback.ParseURL(g.Settings.App(g.usual()).CallbackURL, g.Settings.CallbackVariable)
	if err != nil {
		m.CallbackFault = g.Classify(err)
		return
	}
	m.CallbackHost = net.JoinHostPort(address.Hostname(), cmp.Or(address.Port(), "80"))
	listener, err := net.Listen("tcp", m.CallbackHost)
	if m.CallbackBusy = err != nil; !m.CallbackBusy {
		_ = listener.Close() // it was only asked whether it is free
	}
}
