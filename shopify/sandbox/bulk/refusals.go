package bulk

import (
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
)

// refusalAnswer returns the answer or the error by which the settings refuse every operation; neither for no refusal.
func (s *Settings) refusalAnswer() (any, error) {
	switch s.Refusal {
	case NotEnabled:
		return nil, graph.NewFault("ACCESS_DENIED", "Access denied for bulkOperationRunQuery field. Bulk operations are not enabled for this app.").
			With("documentation", graph.ScopesDocumentation)
	case NoAllowlist:
		return nil, graph.NewFault("ACCESS_DENIED", "Access denied for bulkOperationRunQuery field. The app has no IP allowlist.").
			With("documentation", graph.ScopesDocumentation)
	case Forbidden:
		return refusedAnswer("", nil, "This app is not approved to run bulk operations."), nil
	case Limit:
		return refusedAnswer("LIMIT_REACHED", nil, "Bulk operation limit reached. Please try again later."), nil
	}
	return nil, nil
}

func cancelAnswer(o *Operation, problem string) graph.Payload {
	errors := []graph.Object{}
	if problem != "" {
		errors = append(errors, graph.NewPayload("UserError", map[string]any{"field": []string{"id"}, "message": problem}))
	}
	return graph.NewPayload("BulkOperationCancelPayload", map[string]any{"bulkOperation": graph.OrNull(o), "userErrors": errors})
}

func refusedAnswer(code string, field []string, message string) graph.Payload {
	values := map[string]any{"code": nil, "field": nil, "message": message}
	if code != "" {
		values["code"] = code
	}
	if field != nil {
		values["field"] = field
	}
	problem := graph.NewPayload("BulkOperationUserError", values)
	return graph.NewPayload("BulkOperationRunQueryPayload", map[string]any{"bulkOperation": nil, "userErrors": []graph.Object{problem}})
}
