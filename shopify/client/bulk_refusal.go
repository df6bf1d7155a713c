package client

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/queries"
)

var (
	enableBulk = connector.Advice(`allow the app to "Run bulk operations" in the Partner Dashboard, under API access requests`)
	allowlist  = connector.Advice("give the app an IP allowlist in its settings")
)

// bulkForbidden words an error in answer to the start of an operation. Shopify refuses apps
// that were not allowed to run operations
// (https://shopify.dev/changelog/partner-apps-must-enable-bulk-operations-before-use) and
// public apps without an IP allowlist, in words that are not documented. Therefore every
// error is taken as a refusal unless it may pass, is about the whole shop, or is about a field
// that the version lacks.
func bulkForbidden(domain string, err error) error {
	var fault *connector.Fault
	if errors.As(err, &fault) && fault.Lasting {
		return withCause(fault, bulk.ErrNone)
	}
	refuses := errors.Is(err, errForbidden) || errors.Is(err, errDisagrees) || errors.Is(err, ErrTooMuch) && !errors.Is(err, errPassing)
	if !errors.As(err, &fault) || fault.Code != connector.ScopeMissing && !refuses {
		return err
	}
	return mayNotRun(strings.TrimPrefix(fault.Message, domain+" "), fault.Message)
}

// mayNotRun is the fault for an app that may not run bulk operations. why is for people; text
// is what the shop said.
func mayNotRun(why, text string) *connector.Fault {
	cure := enableBulk
	if aboutAddresses(text) {
		cure = allowlist
	}
	return &connector.Fault{
		Code: connector.ScopeMissing, Next: cure, Err: bulk.ErrRefused,
		Message: fmt.Sprintf("Shopify does not let the app run bulk operations (%s)", why),
	}
}

// bulkUnanswered returns the error after all attempts to start an operation were lost.
func bulkUnanswered(err error) error {
	var fault *connector.Fault
	if errors.As(err, &fault) {
		return withCause(fault, bulk.ErrNone)
	}
	return err
}

func aboutAddresses(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "allowlist") || strings.Contains(text, "allow list") || strings.Contains(text, "ip address")
}

var operationID = regexp.MustCompile(`gid://shopify/BulkOperation/\d+`)

// forNow matches refusals that pass by themselves, where the shop sends no code.
var forNow = regexp.MustCompile(`(?i)try again|later|too many|limit reached`)

// bulkRefused words the user error of the mutation that starts an operation. It tells a
// refusal that passes by itself from what the app may never do.
func bulkRefused(domain, code, message string) error {
	fault := &connector.Fault{}
	switch {
	case code == "OPERATION_IN_PROGRESS" || code == "" && strings.Contains(message, "in progress"):
		fault.Code, fault.Err = connector.Throttled, bulk.ErrNoPlace
		fault.Message = domain + " already runs as many bulk operations of this app as it may"
		fault.Next = connector.Advice("wait until they end, or stop what started them")
		if others := operationID.FindAllString(message, 5); len(others) > 0 {
			fault.Next = fault.Next.Then(": " + strings.Join(others, ", "))
		}
	case code == "LIMIT_REACHED" || code != "INVALID" && forNow.MatchString(message):
		fault.Code, fault.Err = connector.Throttled, bulk.ErrRefused
		fault.Message = fmt.Sprintf("%s takes no more bulk operations of this app for now: %s", domain, decode.Quoted(message))
		fault.Next = connector.Advice("try again later")
	case code == "INVALID" || queries.AbsentField(message) != "":
		fault.Code, fault.Err, fault.Lasting = connector.ProviderFault, bulk.ErrNone, true
		fault.Message = fmt.Sprintf("%s does not take the bulk query: %s", domain, decode.Quoted(message))
		fault.Next = misfit
	default:
		return mayNotRun(decode.Quoted(message), message)
	}
	return fault
}

// InWords returns the *connector.Fault for an error of package bulk, and other errors as they
// are.
func InWords(domain string, err error) error {
	var ended *bulk.FailedOperation
	var givenUp *bulk.OverdueOperation
	var bad *bulk.BadFile
	var cut *bulk.BrokenTransfer
	switch {
	case errors.As(err, &ended):
		return bulkEnded(domain, ended)
	case errors.As(err, &givenUp):
		return bulkGivenUp(domain, givenUp)
	case errors.As(err, &bad):
		fault := IncoherentFault("%s", decode.Quoted(bad.Error()))
		fault.Err = bad
		return fault
	case errors.As(err, &cut):
		fault := IncoherentFault("%s", cut)
		fault.Code, fault.Err = connector.Network, cut
		fault.Next = connector.Advice("check the network, then try again; the operation is remembered and its result fetched once more")
		return fault
	}
	return err
}

// bulkEnded words an operation that ended without a result.
func bulkEnded(domain string, o *bulk.FailedOperation) error {
	fault := &connector.Fault{Code: connector.ProviderFault, Next: connector.Advice("try again"), Err: o}
	switch {
	case o.Denied():
		fault.Code = connector.ScopeMissing
		fault.Message = domain + " stopped a bulk operation because the app may not read something in it"
		fault.Next = reconnect
	case o.Code == "TIMEOUT":
		fault.Message = domain + " stopped a bulk operation because it took too long"
	case o.Status == "FAILED":
		fault.Message = fmt.Sprintf("a bulk operation failed at %s (%s)", domain, decode.Quoted(o.Code))
	case o.Status == "CANCELED":
		fault.Message = "a bulk operation was cancelled at " + domain
	case o.Status == "EXPIRED":
		fault.Message = "the result of a bulk operation is no longer there at " + domain
	case o.Status == "LOST":
		fault.Message = domain + " no longer knows a bulk operation that it started"
	default:
		fault.Message = fmt.Sprintf("a bulk operation ended as %s at %s", decode.Quoted(o.Status), domain)
	}
	return fault
}

// bulkGivenUp words an operation that was given up.
func bulkGivenUp(domain string, g *bulk.OverdueOperation) error {
	fault := &connector.Fault{Code: connector.ProviderFault, Err: g, Next: connector.Advice("try again")}
	stands := fmt.Sprintf("(%s, %d objects) and was cancelled", decode.Quoted(g.Operation.Status), g.Operation.Objects)
	if g.Moving {
		fault.Message = fmt.Sprintf("a bulk operation did not end at %s within %s %s", domain, g.After, stands)
	} else {
		fault.Message = fmt.Sprintf("a bulk operation made no progress at %s for %s %s", domain, g.After, stands)
		fault.Next = connector.Advice("try again, or give it more time with --bulk-patience")
	}
	return fault
}

// IsDenied reports whether a bulk operation ended because the app may not read something in
// it.
func IsDenied(err error) bool {
	var ended *bulk.FailedOperation
	return errors.As(err, &ended) && ended.Denied()
}
