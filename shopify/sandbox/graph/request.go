package graph

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
)

// Request is the body of a GraphQL request.
type Request struct {
	Query         *string        `json:"query"`
	Variables     map[string]any `json:"variables"`
	OperationName string         `json:"operationName"`
}

// Answer is the body of the answer. It has no data when the query did not run.
type Answer struct {
	Data       json.RawMessage `json:"data,omitempty"`
	Errors     []Failure       `json:"errors,omitempty"`
	Extensions map[string]any  `json:"extensions,omitempty"`
}

// PrepareRequest parses, validates and plans a request.
func PrepareRequest(schema *ast.Schema, request *Request) (*Plan, []Failure) {
	document, failures := ParseDocument(schema, *request.Query)
	if len(failures) > 0 {
		return nil, failures
	}
	operation := chosenOperation(document, request.OperationName)
	if operation == nil {
		return nil, []Failure{{Message: "No operation named \"" + request.OperationName + "\"", Extensions: map[string]any{"code": "BAD_REQUEST"}}}
	}
	variables, failures := CoerceVariables(schema, operation, request.Variables)
	if len(failures) > 0 {
		return nil, failures
	}
	plan := PlanQuery(schema, document, operation, variables)
	return plan, plan.checkInputs()
}

func chosenOperation(document *ast.QueryDocument, name string) *ast.OperationDefinition {
	if name == "" && len(document.Operations) == 1 {
		return document.Operations[0]
	}
	return document.Operations.ForName(name)
}

// AnswerCharged runs an execution and charges the bucket for it, unless the query costs too much.
func (x *Execution) AnswerCharged(points *Bucket, now time.Time) Answer {
	requested := x.Plan.requestedCost()
	if requested > maxQueryCost {
		return Answer{Errors: []Failure{costFailure(requested)}}
	}
	if !points.takePoints(requested, now) {
		return Answer{
			Errors:     []Failure{throttledFailure()},
			Extensions: map[string]any{"cost": points.costReport(requested, nil)},
		}
	}
	data, actual := x.runOperation()
	points.giveBack(requested - actual)
	return x.answerBody(data, points.costReport(requested, &actual))
}

func (x *Execution) answerBody(data *Record, cost costReport) Answer {
	answer := Answer{Data: json.RawMessage("null"), Errors: x.Failures, Extensions: map[string]any{"cost": cost}}
	if data != nil {
		text, err := data.MarshalJSON()
		if err != nil {
			answer.Errors = append(answer.Errors, Failure{Message: err.Error(), Extensions: map[string]any{"code": "INTERNAL_SERVER_ERROR"}})
		} else {
			answer.Data = text
		}
	}
	if len(x.searches) > 0 {
		answer.Extensions["search"] = slices.Clone(x.searches)
	}
	return answer
}

func throttledFailure() Failure {
	f := NewFault("THROTTLED", "Throttled").With("documentation", "https://shopify.dev/api/usage/rate-limits")
	return Failure{Message: f.message, Extensions: f.extensions}
}

func costFailure(cost float64) Failure {
	f := NewFault("MAX_COST_EXCEEDED", "Query cost is %.0f, which exceeds the single query max cost limit (%d).", cost, maxQueryCost).
		With("cost", cost).With("maxCost", maxQueryCost).
		With("documentation", "https://shopify.dev/api/usage/rate-limits")
	return Failure{Message: f.message, Extensions: f.extensions}
}
