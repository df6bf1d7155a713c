package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"

	"github.com/eshopos/eshopctl/shopify/sandbox/admin"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
	"github.com/eshopos/eshopctl/shopify/sandbox/scopes"
	"github.com/eshopos/eshopctl/shopify/sandbox/web"
)

// answerGraphQL answers a request to the Admin API.
func (s *Server) answerGraphQL(w http.ResponseWriter, r *http.Request) {
	shop, ok := s.admitRequest(w, r)
	if !ok {
		return
	}
	w.Header().Set("X-Shopify-API-Version", admin.AnsweringVersion(r.PathValue("version")))
	request, ok := readGraphQL(w, r)
	if !ok {
		return
	}
	plan, failures := graph.PrepareRequest(s.schema.SchemaNow(), request)
	if len(failures) > 0 {
		web.WriteJSON(w, http.StatusOK, graph.Answer{Errors: failures})
		return
	}
	s.log.noteEntry(r, func(e *Request) { e.Operation = plan.Operation.Name })
	answer := shop.answerQuery(plan, s.app.ClientID)
	if slices.ContainsFunc(answer.Errors, graph.Failure.DeniesAccess) {
		s.hanging.refusedOne()
	}
	shop.RunOnceStock()
	web.WriteJSON(w, http.StatusOK, answer)
}

// answerQuery runs a query. No other query and no edit runs at the same time.
func (s *Shop) answerQuery(plan *graph.Plan, clientID string) graph.Answer {
	granted, refused := s.Account.GrantedRights()
	api := &admin.API{
		Shop: s.Records, Bulk: s.Desk, Odd: &s.odd,
		ClientID: clientID, Uninstall: s.Account.UninstallApp, StockAsked: s.NoteStockAsked,
	}
	s.Records.Lock()
	defer s.Records.Unlock()
	return graph.NewExecution(api, plan, scopes.ExpandReads(granted), refused).AnswerCharged(&s.points, s.Records.Clock())
}

func readGraphQL(w http.ResponseWriter, r *http.Request) (*graph.Request, bool) {
	var request graph.Request
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20))
	decoder.UseNumber()
	if err := decoder.Decode(&request); err != nil {
		web.Refuse(w, http.StatusBadRequest, "Bad Request")
		return nil, false
	}
	if request.Query == nil {
		web.WriteJSON(w, http.StatusBadRequest, map[string]any{"errors": map[string]string{"query": "Required parameter missing or invalid"}})
		return nil, false
	}
	return &request, true
}
