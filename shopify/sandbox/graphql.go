package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// latestVersion is the version whose schema the sandbox has; it answers all versions with it.
const latestVersion = "2026-10"

// publicVersions lists the versions of the API.
func publicVersions() []object {
	return []object{
		apiVersion{"2026-01", true}, apiVersion{"2026-04", true}, apiVersion{"2026-07", true},
		apiVersion{latestVersion, true}, apiVersion{"2027-01", false}, apiVersion{"unstable", false},
	}
}

// answeringVersion is the version that answers a request for another: itself where it is there, else the
// oldest that is supported.
func answeringVersion(asked string) string {
	for _, version := range publicVersions() {
		if version.(apiVersion).handle == asked {
			return asked
		}
	}
	return publicVersions()[0].(apiVersion).handle
}

// graphqlRequest is the body of a GraphQL request.
type graphqlRequest struct {
	Query         *string        `json:"query"`
	Variables     map[string]any `json:"variables"`
	OperationName string         `json:"operationName"`
}

// graphqlAnswer is the body of the answer; data stays away when the query did not run.
type graphqlAnswer struct {
	Data       json.RawMessage `json:"data,omitempty"`
	Errors     []failure       `json:"errors,omitempty"`
	Extensions map[string]any  `json:"extensions,omitempty"`
}

func (s *Server) graphql(w http.ResponseWriter, r *http.Request) {
	shop, ok := s.admitted(w, r)
	if !ok {
		return
	}
	w.Header().Set("X-Shopify-API-Version", answeringVersion(r.PathValue("version")))
	request, ok := readGraphQL(w, r)
	if !ok {
		return
	}
	plan, failures := s.prepare(request)
	if len(failures) > 0 {
		writeJSON(w, http.StatusOK, graphqlAnswer{Errors: failures})
		return
	}
	s.note(r, func(e *Request) { e.Operation = plan.operation.Name })
	answer := s.execute(shop, plan)
	if slices.ContainsFunc(answer.Errors, failure.denies) {
		s.refusedOne()
	}
	shop.runOnceStock()
	writeJSON(w, http.StatusOK, answer)
}

func readGraphQL(w http.ResponseWriter, r *http.Request) (*graphqlRequest, bool) {
	var request graphqlRequest
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20))
	decoder.UseNumber()
	if err := decoder.Decode(&request); err != nil {
		refuse(w, http.StatusBadRequest, "Bad Request")
		return nil, false
	}
	if request.Query == nil {
		writeJSON(w, http.StatusBadRequest, map[string]any{"errors": map[string]string{"query": "Required parameter missing or invalid"}})
		return nil, false
	}
	return &request, true
}

// prepare parses, validates and plans a request.
func (s *Server) prepare(request *graphqlRequest) (*queryPlan, []failure) {
	schema := s.schema.Load()
	document, failures := parseDocument(schema, *request.Query)
	if len(failures) > 0 {
		return nil, failures
	}
	operation := chosenOperation(document, request.OperationName)
	if operation == nil {
		return nil, []failure{{Message: "No operation named \"" + request.OperationName + "\"", Extensions: map[string]any{"code": "BAD_REQUEST"}}}
	}
	variables, failures := coerceVariables(schema, operation, request.Variables)
	if len(failures) > 0 {
		return nil, failures
	}
	plan := planQuery(schema, document, operation, variables)
	return plan, plan.checkInputs()
}

func chosenOperation(document *ast.QueryDocument, name string) *ast.OperationDefinition {
	if name == "" && len(document.Operations) == 1 {
		return document.Operations[0]
	}
	return document.Operations.ForName(name)
}

// execute charges for a planned query and runs it.
func (s *Server) execute(shop *Shop, plan *queryPlan) graphqlAnswer {
	requested := plan.requestedCost()
	if requested > maxQueryCost {
		return graphqlAnswer{Errors: []failure{tooCostly(requested)}}
	}
	shop.mu.Lock()
	defer shop.mu.Unlock()
	points := &shop.account.bucket
	if !points.take(requested, shop.clock()) {
		return graphqlAnswer{
			Errors:     []failure{throttled()},
			Extensions: map[string]any{"cost": points.report(requested, nil)},
		}
	}
	x := &execution{shop: shop, plan: plan, scopes: expandScopes(shop.account.scopes), refused: shop.account.refused, app: s.app}
	data, actual := x.run(rootOf(plan))
	points.giveBack(requested - actual)
	return x.answerBody(data, points.report(requested, &actual))
}

func rootOf(plan *queryPlan) object {
	if plan.operation.Operation == ast.Mutation {
		return mutationRoot{}
	}
	return queryRoot{}
}

func (x *execution) answerBody(data *record, cost costReport) graphqlAnswer {
	answer := graphqlAnswer{Data: json.RawMessage("null"), Errors: x.failures, Extensions: map[string]any{"cost": cost}}
	if data != nil {
		text, err := data.MarshalJSON()
		if err != nil {
			answer.Errors = append(answer.Errors, failure{Message: err.Error(), Extensions: map[string]any{"code": "INTERNAL_SERVER_ERROR"}})
		} else {
			answer.Data = text
		}
	}
	if len(x.searches) > 0 {
		answer.Extensions["search"] = slices.Clone(x.searches)
	}
	return answer
}

func throttled() failure {
	f := newFault("THROTTLED", "Throttled").with("documentation", "https://shopify.dev/api/usage/rate-limits")
	return failure{Message: f.message, Extensions: f.extensions}
}

func tooCostly(cost float64) failure {
	f := newFault("MAX_COST_EXCEEDED", "Query cost is %.0f, which exceeds the single query max cost limit (%d).", cost, maxQueryCost).
		with("cost", cost).with("maxCost", maxQueryCost).
		with("documentation", "https://shopify.dev/api/usage/rate-limits")
	return failure{Message: f.message, Extensions: f.extensions}
}
