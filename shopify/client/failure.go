package client

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/decode"
)

// remedy says how a failed attempt may be tried again.
type remedy int

const (
	final     remedy = iota // none: asking again gives the same answer
	shaky                   // the network or a server failed, which may pass
	odd                     // the answer makes no sense or came too late
	throttled               // the shop asks for a pause
	tokenGone               // status 401: another token may do
)

// mostTries returns how often in all a request may fail in this way.
func (r remedy) mostTries() int {
	switch r {
	case shaky:
		return 6
	case odd:
		return 3
	case throttled:
		return 20
	case tokenGone:
		return 3
	}
	return 1
}

// failure is the error of one attempt: the fault to return if it was the last, and whether and
// when to try again.
type failure struct {
	fault  *connector.Fault
	remedy remedy
	wait   time.Duration // that the shop asked for; 0 when it did not say
}

func (f *failure) Error() string { return f.fault.Message }

// lastFault returns the fault of the last attempt. It is errPassing if one more might have
// gone well.
func (f *failure) lastFault() *connector.Fault {
	if f.remedy != shaky && f.remedy != odd {
		return f.fault
	}
	return withCause(f.fault, errPassing)
}

// withCause returns a copy of a fault, which several callers may hold, that has one more cause.
func withCause(fault *connector.Fault, cause error) *connector.Fault {
	told := *fault
	told.Err = errors.Join(cause, fault.Err)
	return &told
}

// Causes that a caller acts upon. ErrTooMuch: a smaller page may do. ErrMoved: reading once
// more may do.
var (
	ErrTooMuch   = errors.New("too much for one page")
	ErrMoved     = errors.New("changed while it was read")
	errForbidden = errors.New("forbidden")               // the shop refuses the address, the app or the kind of token
	errDisagrees = errors.New("the question is refused") // and will be refused again
	errPassing   = errors.New("it may pass")             // what the shop did is not known
	errForeign   = connector.ErrForeign                  // a proxy or the like answered
)

// reasonOf returns what an error of this package means for the connection, "" when it means
// nothing for it.
func reasonOf(err error) connector.Reason {
	var fault *connector.Fault
	if !errors.As(err, &fault) {
		return ""
	}
	switch {
	case fault.Code == connector.TokenWasRefused:
		return connector.TokenRejected
	case fault.Code == connector.ScopeMissing:
		return connector.ScopeIsMissing
	case fault.Code == connector.ShopUnavailable && errors.Is(err, errForbidden):
		return connector.Refused
	case fault.Code == connector.ShopUnavailable:
		return connector.ShopIsUnavailable
	}
	return ""
}

// withReason adds to an error what it means for the connection.
func withReason(err error) error {
	var fault *connector.Fault
	if !errors.As(err, &fault) || reasonOf(err) == "" {
		return err
	}
	told := *fault
	told.Reason = reasonOf(err)
	return &told
}

// unreachableFailure words an error of the network. It leaves the address out, whose query may
// hold secrets.
func unreachableFailure(domain string, err error) *failure {
	if fault := (*connector.Fault)(nil); errors.As(err, &fault) {
		return &failure{fault: fault} // the request was never sent
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	fault := &connector.Fault{
		Code:    connector.Network,
		Message: fmt.Sprintf("%s could not be reached: %s", domain, decode.Quoted(err.Error())),
		Next:    connector.Advice("check the network and the proxy settings (HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE), then try again"),
		Err:     err,
	}
	if willNotPass(err) {
		return &failure{fault: fault}
	}
	return &failure{fault: fault, remedy: shaky}
}

// willNotPass reports whether an error of the network will come again: the certificate is not
// valid, or the name does not exist.
func willNotPass(err error) bool {
	var certificate *tls.CertificateVerificationError
	var name *net.DNSError
	return errors.As(err, &certificate) || errors.As(err, &name) && name.IsNotFound
}

// IncoherentFault returns the fault for answers that contradict each other, so that the read
// cannot be whole.
func IncoherentFault(format string, args ...any) *connector.Fault {
	return &connector.Fault{
		Code:    connector.IncompleteRead,
		Message: fmt.Sprintf(format, args...),
		Next:    connector.Advice("try again; if it stays so, the shop changes all the time or Shopify has a fault"),
	}
}

// MovedFault returns the fault for a shop that changed while it was read. It is ErrMoved.
func MovedFault(format string, args ...any) *connector.Fault {
	fault := IncoherentFault(format, args...)
	fault.Err = ErrMoved
	return fault
}
