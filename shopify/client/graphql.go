package client

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/queries"
)

// graphError is an entry of the errors of an answer.
type graphError struct {
	Message    string
	Extensions struct {
		Code                string
		RequiredAccess      string
		TypeName, FieldName string // name a field that the version lacks
	}
}

// errorsInWords words the worst error of an answer with status 200. Data beside errors is not
// used.
func errorsInWords(domain string, d queries.Document, errors json.RawMessage) *failure {
	var list []graphError
	if json.Unmarshal(errors, &list) != nil || len(list) == 0 {
		list = []graphError{{Message: firstSentence(errors)}}
	}
	worst := list[0]
	for _, e := range list[1:] {
		if e.rank() < worst.rank() {
			worst = e
		}
	}
	return worst.inWords(domain, d)
}

// absentField returns the field, as TYPE.FIELD, that the version lacks according to the error;
// "" for any other error.
func (e graphError) absentField() string {
	if e.Extensions.TypeName != "" && e.Extensions.Code == "undefinedField" {
		return e.Extensions.TypeName + "." + e.Extensions.FieldName
	}
	return queries.AbsentField(e.Message)
}

// rank orders errors: those that somebody must do something about come before those that may
// pass.
func (e graphError) rank() int {
	switch e.Extensions.Code {
	case "ACCESS_DENIED":
		return 0
	case "MAX_COST_EXCEEDED":
		return 1
	case "THROTTLED":
		return 3
	case "INTERNAL_SERVER_ERROR":
		return 4
	}
	return 2
}

func (e graphError) inWords(domain string, d queries.Document) *failure {
	fault := &connector.Fault{Code: connector.ProviderFault, Next: tryLater}
	switch code := e.Extensions.Code; {
	case code == "ACCESS_DENIED":
		fault.Code = connector.ScopeMissing
		fault.Message = fmt.Sprintf("%s does not let the app read this: %s", domain, e.accessSentence())
		fault.Next = connecting.After("give the app that scope, then connect the shop again: ")
		return &failure{fault: fault}
	case code == "PAYMENT_REQUIRED":
		return statusInWords(domain, 402, nil, nil)
	case code == "MAX_COST_EXCEEDED":
		fault.Message = fmt.Sprintf("%s finds %s too costly: %s", domain, d.OperationName(), decode.Quoted(e.Message))
		fault.Err = ErrTooMuch
		return &failure{fault: fault}
	case code == "THROTTLED":
		fault.Code = connector.Throttled
		fault.Message = fmt.Sprintf("%s kept refusing requests because the app's budget is used up", domain)
		fault.Next = busyApp
		return &failure{fault: fault, remedy: throttled}
	case code == "INTERNAL_SERVER_ERROR" || code == "" && strings.HasPrefix(e.Message, "Internal error"):
		fault.Message = fmt.Sprintf("%s failed while it answered %s: %s", domain, d.OperationName(), decode.Quoted(e.Message))
		return &failure{fault: fault, remedy: shaky}
	}
	fault.Message = fmt.Sprintf("%s does not answer %s: %s", domain, d.OperationName(), decode.Quoted(e.Message))
	fault.Next, fault.Err, fault.Lasting = misfit, errDisagrees, e.absentField() != ""
	return &failure{fault: fault}
}

// accessSentence returns Shopify's sentence about the missing access, with the access that it
// names beside it. It names none when a staff permission or an approval is missing.
func (e graphError) accessSentence() string {
	text, access := decode.Quoted(e.Message), decode.Quoted(e.Extensions.RequiredAccess)
	if access == "" || strings.Contains(text, access) {
		return text
	}
	return text + " (required access: " + access + ")"
}

// searchReport is what Shopify says about a search query
// (https://shopify.dev/docs/api/usage/search-syntax).
type searchReport struct {
	Query    string
	Warnings []struct{ Field, Message string }
}

// ignoredFilter returns the failure for a filter that the shop did not understand, nil for
// none. The answer is then filtered wrongly or not at all.
func ignoredFilter(domain string, d queries.Document, reports []searchReport) *failure {
	for _, report := range reports {
		for _, warning := range report.Warnings {
			return &failure{fault: &connector.Fault{
				Code: connector.ProviderFault,
				Message: fmt.Sprintf("%s ignored the filter %s of %s: %s",
					domain, decode.Quoted(warning.Field), d.OperationName(), decode.Quoted(warning.Message)),
				Next: misfit,
			}}
		}
	}
	return nil
}

// unreadableAnswer words a body with status 200 that cannot be decoded. A body that ends too
// early is a fault of the network.
func unreadableAnswer(domain string, d queries.Document, body []byte, err error) *failure {
	broken, isBroken := err.(*json.SyntaxError)
	switch {
	case !isBroken:
		return misfittingAnswer(domain, d, err)
	case broken.Offset >= int64(len(body)) && len(body) > 0 && !isHTML(body):
		return unreachableFailure(domain, fmt.Errorf("the answer ended too early"))
	}
	what := "an answer that is not valid: " + decode.Quoted(err.Error())
	if isHTML(body) {
		what = "a web page where data was expected"
	}
	return &failure{remedy: odd, fault: &connector.Fault{
		Code:    connector.ProviderFault,
		Message: fmt.Sprintf("%s sent %s", domain, what),
		Next:    connector.Typed("doctor").After("a proxy or a login page may stand between this machine and Shopify: "),
		Err:     err,
	}}
}

// misfittingAnswer words an answer that is JSON but does not fit Shopify's schema. The question
// is asked again, since something in between may have answered, but that rarely helps.
func misfittingAnswer(domain string, d queries.Document, err error) *failure {
	why := decode.Quoted(err.Error())
	return &failure{remedy: odd, fault: &connector.Fault{
		Code: connector.ProviderFault, Lasting: true, Err: err, Next: misfit,
		Message: fmt.Sprintf("the answer of %s to %s does not fit Shopify's schema: %s", domain, d.OperationName(), why),
	}}
}

func isHTML(body []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) }
