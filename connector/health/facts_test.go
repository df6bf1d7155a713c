package health

import (
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/testdata/madeup"
)

var today = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// wellFacts are those of a store and a machine with nothing to complain about.
func wellFacts() Facts {
	market := madeup.Platform()
	scopes := market.ScopesFor(nil)
	c := connector.Connector{
		Store: "main", Provider: market.Name, Platform: market, State: connector.Live, Attached: true, Generation: 1, Domain: "tea@market", Account: "Tea",
		AccountID: "gid://market/Shop/1", Currency: "EUR", ClientID: "id-1", Auth: connector.Browser, Scopes: scopes, Requested: scopes,
		APIVersion: "d2026-11-01", ConnectedAt: today.AddDate(0, -1, 0), CheckedAt: today.Add(-time.Hour), LastAttempt: &connector.Attempt{At: today.AddDate(0, -1, 0)},
		Token: connector.TokenInfo{Kind: connector.Expiring, ExpiresAt: today.Add(time.Hour), RefreshExpiresAt: today.AddDate(0, 3, 0)},
	}
	ended := today.Add(-time.Hour)
	f := Facts{
		Connector: c, Now: today, Ages: UsualAges(), PlanAge: 24 * time.Hour, ShopClock: today,
		App:      App{ClientID: "id-1", HasSecret: true, CallbackURL: "http://127.0.0.1:13388/callback", APIVersion: "d2026-11-01"},
		Machine:  &Machine{StatePath: "/state.db", Looked: true, Certificates: "the system's", CallbackHost: "127.0.0.1:13388"},
		Answer:   &Answer{Shop: importer.Shop{Name: "Tea", AccountID: c.AccountID, Domain: c.Domain, Currency: "EUR", Scopes: scopes}, Before: c},
		Contents: &Contents{Products: 2, Levels: 4, Warehouses: []Warehouse{{ID: "1", Name: "Leeds", LocationID: "gid://market/Location/6"}, {ID: "2", Name: "York", LocationID: "gid://market/Location/7"}}},
		Key:      &Key{}, KeyFile: &KeyFile{Path: "/key"}, SKU: &SKU{Name: "POT-1", Seen: true},
		LastRun:   &importer.Run{ID: "20261124-1000-aaaa", Kind: importer.KindImport, Store: "main", Status: importer.Succeeded, StartedAt: ended, FinishedAt: &ended},
		Freshness: map[connector.Resource]importer.Freshness{},
	}
	f.readAt(ended)
	return f
}

// readAt has everything be read at that time.
func (f *Facts) readAt(at time.Time) {
	for _, r := range connector.Resources() {
		f.Freshness[r] = importer.Freshness{AsOf: at, ImportedAt: at}
	}
}

// unlive has the connector be no longer live, for this reason.
func (f *Facts) unlive(state connector.State, reason connector.Reason) {
	f.Connector.State, f.Connector.Reason, f.Answer, f.Key = state, reason, nil, nil
	f.Machine.Connecting = true
}

// attempted has the last attempt to connect fail where nothing was connected.
func attempt(reason connector.Reason) func(*Facts) {
	return func(f *Facts) {
		f.unlive(connector.Failed, reason)
		f.Connector.Attached = false
		f.Connector.LastAttempt = &connector.Attempt{At: today.Add(-time.Hour), Reason: reason}
	}
}

func asked(code connector.Code) func(*Facts) {
	return func(f *Facts) {
		f.Answer.Fault = &connector.Fault{Code: code, Message: "it went wrong", Next: connector.Typed("doctor").ForStoreAtHand().After("ask somebody: ")}
	}
}

func ran(status importer.Status, failed *importer.RunError) func(*Facts) {
	return func(f *Facts) {
		f.LastRun.Status, f.LastRun.Error = status, failed
		f.LastRun.RejectedBy = map[string]int{"E-VALUE-INVALID": 2}
	}
}

// lineOf is what is typed, one command after the other, but for the program's name.
func lineOf(commands []connector.Command) string {
	lines := make([]string, len(commands))
	for i, command := range commands {
		lines[i] = strings.Join(command.Words(), " ")
	}
	return strings.Join(lines, " && ")
}

// scenes bring about everything that can be found, by its code.
var scenes = map[string]func(*Facts){
	"state_unusable": func(f *Facts) {
		f.Machine.StateFault = &connector.Fault{Code: connector.StateUnusable, Message: "it is damaged", Next: connector.Typed("doctor").After("name another file with --state FILE; to see more: ")}
	},
	"key_exposed": func(f *Facts) {
		f.KeyFile = &KeyFile{Path: "/key", Cure: connector.Shell("chmod", "600", "/key"), Fault: &connector.Fault{Message: "the key file /key is not used: others may write it", Next: connector.Shell("chmod", "600", "/key").Next()}}
	},
	"key_readable": func(f *Facts) {
		f.KeyFile = &KeyFile{Path: "/key", Readable: true, Cure: connector.Shell("chmod", "600", "/key")}
	},
	"state_unwritable": func(f *Facts) {
		f.Machine.Unwritable = &connector.Fault{Code: connector.StateUnusable, Message: "its folder cannot be written", Next: connector.Shell("chmod", "u+w", "/folder").After("as its owner type: ")}
	},
	"state_no_room": func(f *Facts) { f.Machine.Room = new(int64) },
	"temp_unusable": func(f *Facts) {
		f.Machine.TempFault = &connector.Fault{Code: connector.StateUnusable, Message: "no temporary file can be written", Next: connector.Advice("name a folder that can be written: --temp-dir DIR")}
	},
	"state_remote":       func(f *Facts) { f.Machine.Remote = "NFS" },
	"proxy_wrong":        func(f *Facts) { f.Machine.ProxyWrong = "nothing answers" },
	"certificates_wrong": func(f *Facts) { f.Machine.CertsWrong = "there is none" },
	"callback_wrong": func(f *Facts) {
		f.unlive(connector.Inactive, connector.NeverConnected)
		f.Machine.CallbackFault = &connector.Fault{Message: "it is no address of this machine"}
	},
	"callback_busy": func(f *Facts) {
		f.unlive(connector.Inactive, connector.NeverConnected)
		f.Machine.CallbackBusy = true
	},
	"site_wrong": func(f *Facts) { f.App.SandboxURL = "http://127.0.0.1:1" },
	"key_unusable": func(f *Facts) {
		f.Key.Fault = &connector.Fault{Code: connector.KeyUnusable, Message: "there is no key file"}
	},
	"app_other":        func(f *Facts) { f.App.ClientID, f.App.ForgetID = "id-2", connector.Shell("unset", "X") },
	"app_unknown":      func(f *Facts) { attempt(connector.InvalidClient)(f); f.App = App{} },
	"clock_impossible": func(f *Facts) { f.Now = time.Unix(1, 0); f.ShopClock = time.Time{}; f.readAt(f.Now) },
	"clock_skewed":     func(f *Facts) { f.ShopClock = f.Now.Add(6 * time.Minute) },

	"attempt_authorization_denied": attempt(connector.AuthorizationDenied),
	"attempt_invalid_client":       attempt(connector.InvalidClient),
	"attempt_state_expired":        attempt(connector.StateExpired),
	"attempt_state_mismatch":       attempt(connector.StateMismatch),
	"attempt_wrong_shop":           attempt(connector.WrongShop),
	"attempt_bad_signature":        attempt(connector.BadSignature),
	"attempt_exchange_failed":      attempt(connector.ExchangeFailed),
	"attempt_account_changed":      attempt(connector.AccountChanged),
	"attempt_shop_taken":           attempt(connector.ShopTaken),
	"attempt_app_not_installed":    attempt(connector.AppNotInstalled),
	"attempt_shop_not_permitted":   attempt(connector.ShopNotPermitted),
	"attempt_timeout":              attempt(connector.TimedOut),
	"attempt_setup_interrupted":    attempt(connector.SetupInterrupted),
	"attempt_failed":               attempt("something_new"),

	"never_connected": func(f *Facts) { f.unlive(connector.Inactive, connector.NeverConnected) },
	"disconnected":    func(f *Facts) { f.unlive(connector.Inactive, connector.Disconnected) },
	"token_rejected":  func(f *Facts) { f.unlive(connector.Inactive, connector.TokenRejected) },
	"not_connected":   func(f *Facts) { f.unlive(connector.Inactive, "something_new") },

	"token_kind_refused": func(f *Facts) {
		asked(connector.ShopUnavailable)(f)
		f.Connector.Token.Kind, f.Answer.Fault.Err = connector.Permanent, connector.ErrTokenKind
	},
	"shop_unavailable": asked(connector.ShopUnavailable),
	"token_refused":    asked(connector.TokenWasRefused),
	"scope_refused":    asked(connector.ScopeMissing),
	"unreachable":      asked(connector.Network),
	"throttled":        asked(connector.Throttled),
	"provider_fault":   asked(connector.ProviderFault),
	"contact_failed":   asked(connector.IncompleteRead),
	"contact_was_bad":  func(f *Facts) { f.Answer.Before.Trouble = "it is frozen" },

	"scope_missing":     func(f *Facts) { f.Connector.Scopes = f.Connector.Scopes[1:] },
	"scope_was_missing": func(f *Facts) { f.Answer.Before.Scopes = f.Answer.Before.Scopes[1:] },
	"token_ended": func(f *Facts) {
		f.Connector.Token.ExpiresAt, f.Connector.Token.RefreshExpiresAt = today.AddDate(0, 0, -9), today.AddDate(0, 0, -1)
	},
	"token_ends":     func(f *Facts) { f.Connector.Token.RefreshExpiresAt = today.AddDate(0, 0, 3) },
	"version_ends":   func(f *Facts) { f.Connector.APIVersion = "d2026-09-01" },
	"other_shop":     func(f *Facts) { f.Answer.Shop.AccountID = "gid://market/Shop/2" },
	"other_currency": func(f *Facts) { f.Answer.Shop.Currency = "USD" },
	"former_shop":    func(f *Facts) { f.Contents.Former = []string{"old@market"} },

	"no_import":       func(f *Facts) { f.LastRun, f.Contents, f.Freshness = nil, &Contents{}, nil },
	"run_stopped":     ran(importer.Failed, &importer.RunError{Code: connector.GuardTripped, Message: "stopped; products is --max-missing 50%"}),
	"run_failed":      ran(importer.Failed, &importer.RunError{Code: connector.Network, Message: "no route"}),
	"run_interrupted": ran(importer.Interrupted, nil),
	"run_partial":     ran(importer.Partial, nil),
	"run_at_work":     ran(importer.Running, nil),
	"at_work":         func(f *Facts) { f.Contents.AtWork = "a preview" },

	"never_imported":  func(f *Facts) { delete(f.Freshness, connector.Stock) },
	"too_old":         func(f *Facts) { f.readAt(today.AddDate(0, 0, -8)) },
	"rather_old":      func(f *Facts) { f.readAt(today.AddDate(0, 0, -2)) },
	"from_the_future": func(f *Facts) { f.readAt(today.AddDate(0, 0, 2)) },

	"warehouse_unlinked": func(f *Facts) { f.Contents.Warehouses[1].LocationID = "" },
	"warehouse_link_lost": func(f *Facts) {
		f.Contents.Warehouses[1].LocationID, f.Contents.Free = "", []Location{{"gid://market/Location/7", "York Minster"}}
	},
	"warehouse_doubled": func(f *Facts) {
		f.Contents.Warehouses = append(f.Contents.Warehouses, Warehouse{ID: "3", Name: "Old York", StoodFor: "gid://market/Location/7", Double: "2", Newer: true})
	},
	"warehouse_name_twice": func(f *Facts) { f.Contents.Warehouses[1].Name = "Leeds" },
	"no_warehouses":        func(f *Facts) { f.Contents.Warehouses = nil },
	"no_levels":            func(f *Facts) { f.Contents.Levels = 0 },
	"stock_warned":         func(f *Facts) { f.LastRun.WarningsBy = map[string]int{"W-STOCK-INACTIVE": 1, "W-SKU-MISSING": 3} },
	"untracked":            func(f *Facts) { f.Contents.Untracked = 1 },
	"edited":               func(f *Facts) { f.Contents.Edited = map[string]int{"stock": 2} },
	"sku_off":              func(f *Facts) { f.SKU.Stops = []Stop{{"Leeds", "the row was changed here", Ours}} },
	"sku_in_shop":          func(f *Facts) { f.SKU.Stops = []Stop{{"", "the shop does not track it", Shops}} },
	"sku_behind":           func(f *Facts) { f.SKU.Stops = []Stop{{"York", "the shop sold one", Behind}} },
}

// beyond are the codes of what is wrong though no light tells of it: this machine and
// its settings, what only asking the shop shows, and what the next import would do
// wrong.
var beyond = map[string]bool{
	"state_unusable": true, "key_exposed": true, "state_unwritable": true, "state_no_room": true, "temp_unusable": true, "proxy_wrong": true, "certificates_wrong": true, "callback_wrong": true, "callback_busy": true, "site_wrong": true, "key_unusable": true,
	"app_other": true, "app_unknown": true, "clock_impossible": true, "clock_skewed": true, "other_currency": true, "former_shop": true, "warehouse_link_lost": true, "warehouse_doubled": true, "sku_off": true,
}

// notes are the codes of what is worth a look, and nothing wrong.
var notes = map[string]bool{
	"state_remote": true, "key_readable": true, "run_at_work": true, "at_work": true, "warehouse_unlinked": true, "warehouse_name_twice": true, "no_warehouses": true, "no_levels": true,
	"stock_warned": true, "untracked": true, "edited": true, "sku_in_shop": true, "sku_behind": true,
}
