package link

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/fakeshop"
)

func TestDisconnectWhatIsGone(t *testing.T) {
	s, _ := linked(t, connector.Expiring, -time.Minute)
	s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(401)
		io.WriteString(w, `{"error":"invalid_grant"}`)
	}
	c, err := s.service.Disconnect(t.Context(), "main", Removal{Tell: s.told.add})
	if err != nil || c.State != connector.Inactive || c.Reason != connector.Disconnected || !strings.Contains(s.told.String(), "removed there before") {
		t.Errorf("%v: %s %s, told %s", err, c.State, c.Reason, s.told)
	}
}

func TestDisconnectRefreshesFirst(t *testing.T) {
	s, _ := linked(t, connector.Expiring, -time.Minute)
	s.platform.Refuses = func(token connector.Secret) bool { return token.Reveal() == "old" }
	s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, fakeshop.Pair(1)) }
	c, err := s.service.Disconnect(t.Context(), "main", Removal{})
	if err != nil || c.Reason != connector.Disconnected || len(s.platform.UninstalledFrom) != 1 {
		t.Errorf("%v: %s, removed from %v", err, c.Reason, s.platform.UninstalledFrom)
	}
}

// A shop that cannot be asked keeps its credentials, and is shown as it is.
func TestDisconnectOutOfReach(t *testing.T) {
	s, _ := linked(t, connector.Permanent, 0)
	s.platform.Refusal = &connector.Fault{Code: connector.ShopUnavailable, Reason: connector.Refused, Message: "not from here"}
	_, err := s.service.Disconnect(t.Context(), "main", Removal{})
	var fault *connector.Fault
	if !errors.As(err, &fault) || fault.Code != connector.ShopUnavailable || !strings.Contains(fault.Next.String(), "--local") {
		t.Errorf("%v", err)
	}
	if c := s.registry.Records["main"]; c.State != connector.Live || c.Reason != connector.Refused || c.Trouble == "" || s.registry.Sealed["main"].AccessToken.IsZero() {
		t.Errorf("%+v", c)
	}
	if c, err := s.service.Disconnect(t.Context(), "main", Removal{Local: true}); err != nil || c.Reason != connector.Disconnected {
		t.Errorf("%v: %s", err, c.Reason)
	}
}
