package link

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector/callback"
	"github.com/eshopos/eshopctl/testdata/fakeshop"
	"github.com/eshopos/eshopctl/testdata/hostile"
)

// Only a signed answer to this handshake, with each parameter once, is taken,
// whatever is sent.
//
// hazard O1, O7, O8
func FuzzCallback(f *testing.F) {
	for _, c := range hostile.Cases(f, "callbacks") {
		_, query, _ := strings.Cut(strings.SplitN(c.Text, "\n", 2)[0], "?")
		f.Add(strings.NewReplacer("{state}", "OURS", "{hmac}", "signed", "{signed}", "signed", "{good}", "state=OURS&hmac=signed&code=c&shop=tea.shop").Replace(query))
	}
	f.Fuzz(func(t *testing.T, rawQuery string) {
		var ours string
		a := &attempt{provider: &fakeshop.Provider{}, now: time.Now, domain: "tea.shop"}
		h := callback.NewHandshake(func(state string) string { ours = state; return "" }, (&approval{attempt: a}).verifyCallback)
		rawQuery = strings.ReplaceAll(rawQuery, "OURS", ours)
		reply, fault := h.ReceiveAnswer(rawQuery)
		if (reply == nil) == (fault == nil) {
			t.Fatalf("%q: %v %v", rawQuery, reply, fault)
		}
		if fault != nil {
			if fault.Reason == "" || strings.Contains(fault.Message, ours) {
				t.Errorf("%q is refused with %+v", rawQuery, fault)
			}
			return
		}
		query, err := url.ParseQuery(rawQuery)
		if err != nil || len(query["state"]) != 1 || query.Get("state") != ours || len(query["hmac"]) != 1 || query.Get("hmac") != "signed" {
			t.Errorf("%q is taken", rawQuery)
		}
		for name, values := range query {
			if len(values) != 1 {
				t.Errorf("%q is taken, with %q %d times", rawQuery, name, len(values))
			}
		}
		if code := reply.Query.Get("code"); a.objectionTo(reply) == nil && (code == "" || code != query.Get("code") || query.Get("error") != "") {
			t.Errorf("%q: code %q", rawQuery, code)
		}
	})
}
