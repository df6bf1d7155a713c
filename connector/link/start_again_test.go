package link

import (
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// Something else may open the one-use address before the operator's browser does. When
// that is refused, the terminal shows the provider's address, once, and with it the
// shop is connected.
func TestStartAddressOpenedByOthers(t *testing.T) {
	for name, times := range map[string]int{"a look and a browser": 2, "several looks": 5} {
		t.Run(name, func(t *testing.T) {
			s := newSetup(t)
			s.request.Timeout = 20 * time.Second
			var shown atomic.Int32
			s.request.Operator.OpenBrowser = func(start string) error {
				client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
				for i := range times {
					response, err := client.Get(start)
					if err != nil {
						return err
					}
					response.Body.Close()
					if refused := response.StatusCode == http.StatusGone; refused != (i > 0) {
						t.Errorf("time %d: status %d", i+1, response.StatusCode)
					}
				}
				return nil
			}
			told := s.request.Operator.Tell
			s.request.Operator.Tell = func(message string) {
				told(message)
				at := strings.Index(message, "https://tea.shop/authorize?")
				if at < 0 || shown.Add(1) > 1 {
					return
				}
				address, err := url.Parse(strings.Fields(message[at:])[0])
				if err != nil {
					t.Error(err)
					return
				}
				go func() { // the merchant approves
					if page, err := http.Get(s.callback(signed(address.Query().Get("state")))); err == nil {
						page.Body.Close()
					}
				}()
			}
			if _, err := s.service.Connect(t.Context(), s.request); err != nil {
				t.Fatalf("%v: %s", err, s.told)
			}
			if shown.Load() != 1 || !strings.Contains(s.told.String(), "works once") {
				t.Errorf("shown %d times: %s", shown.Load(), s.told)
			}
		})
	}
}
