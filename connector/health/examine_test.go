package health

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/madeup"
)

// reported is the report on facts, as doctor makes it.
func reported(f Facts) (Report, Examination) {
	machine := ExamineMachine(f.ofMachine())
	store := Examine(f, machine)
	return ReportOf(machine, store), store
}

// ofMachine are the facts about the machine alone.
func (f Facts) ofMachine() Facts {
	return Facts{Connector: madeup.Platform().Unconnected(""), Machine: f.Machine, KeyFile: f.KeyFile, App: f.App, Now: f.Now}
}

// codes lists the codes of everything that can be found, in the order of the checks.
func codes() []string {
	var codes []string
	for _, s := range slices.Concat(machineSymptoms(), storeSymptoms()) {
		for _, c := range s.checks {
			for _, r := range c.rules {
				codes = append(codes, r.code)
			}
		}
	}
	return codes
}

var update = flag.Bool("update", false, "write what is kept anew")

// testdata/codes.txt lists the codes, which scripts rely upon, for other tests too.
func TestCodesAreListed(t *testing.T) {
	const list = "testdata/codes.txt"
	want := strings.Join(codes(), "\n") + "\n"
	if *update {
		if err := os.WriteFile(list, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := os.ReadFile(list); err != nil || string(kept) != want {
		t.Errorf("%s does not list the codes of the checks (-update writes it): %v", list, err)
	}
}

// A store and a machine that are well give no finding at all.
func TestAllIsWell(t *testing.T) {
	report, store := reported(wellFacts())
	for _, f := range report.Findings {
		if f.Code != "" || f.Result == Failed {
			t.Errorf("%+v", f)
		}
	}
	if verdict := report.Verdict(); !store.Lights().AllGreen() || verdict != "Nothing is wrong with store main." || len(store.Suggestions()) > 0 {
		t.Errorf("%v, %q, %v", store.Lights(), verdict, store.Suggestions())
	}
}

// Everything that can be found has facts that bring it about. It is then the only
// thing that failed, the verdict names it, and it says what to do; a note is worth
// a look, and nothing is wrong.
func TestEachFindingIsFoundByItself(t *testing.T) {
	for _, code := range codes() {
		scene := scenes[code]
		if scene == nil {
			t.Errorf("no facts bring %s about", code)
			continue
		}
		facts := wellFacts()
		scene(&facts)
		report, _ := reported(facts)
		i := slices.IndexFunc(report.Findings, func(f Finding) bool { return f.Code == code })
		if i < 0 {
			t.Errorf("%s is not found", code)
			continue
		}
		found, causes := report.Findings[i], report.Causes()
		switch {
		case notes[code]:
			if !found.Note || found.Result != Passed || len(causes) > 0 || found.Look.IsZero() || !found.Cure.IsZero() {
				t.Errorf("%s: %+v, of %+v", code, found, causes)
			}
		case len(causes) != 1 || causes[0].Code != code || found.Cure.IsZero():
			t.Errorf("%s: the causes are %+v", code, causes)
		case !strings.Contains(report.Verdict(), found.Detail):
			t.Errorf("%s: %s", code, report.Verdict())
		}
	}
	for code := range scenes {
		if !slices.Contains(codes(), code) {
			t.Errorf("nothing finds %s any more", code)
		}
	}
}

// Whatever comes together, the lights and the findings say the same: a light that is
// not green has a finding with its sentence, what is not green is not well, and
// where all are green nothing failed but what no light is about. What failed has a cure; what follows names a check that failed and offers none.
func TestLightsAndFindingsAgree(t *testing.T) {
	codes := codes()
	rapid.Check(t, func(t *rapid.T) {
		facts := wellFacts()
		apply(t, &facts, rapid.SliceOfN(rapid.SampledFrom(codes), 0, 5).Draw(t, "together"))
		report, store := reported(facts)
		lights := store.Lights()
		for lamp, light := range map[Lamp]Light{ConnectionLamp: lights.Connection, LastRunLamp: lights.LastRun, DataAgeLamp: lights.DataAge} {
			why, found := store.Why(lamp)
			if light != Grey && (found != (light != Green) || found && (why.Detail == "" || why.Code == "")) {
				t.Fatalf("a %s light because of %+v", light, why)
			}
		}
		causes := report.Causes()
		onlyAtWork := facts.LastRun != nil && facts.LastRun.Status == "running" && lights.Connection == Green && lights.DataAge == Green
		if !lights.AllGreen() && !onlyAtWork && len(causes) == 0 {
			t.Fatalf("%v, and nothing failed", lights)
		}
		if i := slices.IndexFunc(causes, func(f Finding) bool { return !beyond[f.Code] }); lights.AllGreen() && i >= 0 {
			t.Fatalf("all lights are green, and %+v failed", causes[i])
		}
		failed := map[string]bool{}
		for _, cause := range causes {
			if failed[cause.Check] = true; cause.Cure.IsZero() || cause.Follows != "" {
				t.Fatalf("a cause: %+v", cause)
			}
		}
		for _, f := range report.Findings {
			if f.Follows != "" && (!failed[f.Follows] || f.Result != Unknown || !f.Cure.IsZero()) {
				t.Fatalf("what follows: %+v", f)
			}
		}
		agreeOnSteps(t, store, causes)
	})
}

func apply(t *rapid.T, facts *Facts, codes []string) {
	for _, code := range codes {
		func() {
			defer func() { _ = recover() }() // a scene may miss what another one took away
			scenes[code](facts)
		}()
	}
}

// agreeOnSteps: what status suggests first is the cure of the first cause that has
// a light, or the look that comes before it.
func agreeOnSteps(t *rapid.T, store Examination, causes []Finding) {
	for _, cause := range causes {
		if cause.lamp == noLamp || len(cause.Cure.Commands) == 0 {
			continue
		}
		first := lineOf(store.Suggestions()[0].Commands)
		if first != lineOf(cause.Cure.Commands) && first != lineOf(cause.Look.Commands) {
			t.Fatalf("status suggests %q, doctor %q", first, lineOf(cause.Cure.Commands))
		}
		return
	}
}

// The names of checks read right after passed, failed and unknown: they name a
// thing, and say nothing about it.
func TestNamesOfChecksSayNothing(t *testing.T) {
	saying := regexp.MustCompile(`\b(is|are|was|were|has|have|had|can|no|not|none|nobody|never|worked|went)\b`)
	seen := map[string]bool{}
	for _, s := range slices.Concat(machineSymptoms(), storeSymptoms()) {
		for _, c := range s.checks {
			if !strings.HasPrefix(c.name, "the ") || saying.MatchString(strings.TrimSuffix(c.name, " that answers")) || seen[c.name] {
				t.Errorf("the check %q", c.name)
			}
			for _, cause := range c.after {
				if !seen[cause] {
					t.Errorf("%q comes after %q, which is not looked at before", c.name, cause)
				}
			}
			seen[c.name] = true
		}
	}
}

// A command is a command: nothing is glued to it, and what is in brackets or capitals
// for people stands in words.
func TestCommandsHoldNoProse(t *testing.T) {
	known := regexp.MustCompile(`^((connect|disconnect) madeup|(status|doctor|import|runs|warehouses|catalog|reconcile|explain)|unset [A-Za-z_ ]+$|chmod (600|go-w) [/a-z]+$)`)
	for code, scene := range scenes {
		facts := wellFacts()
		scene(&facts)
		report, _ := reported(facts)
		for _, f := range report.Findings {
			for _, step := range []Step{f.Look, f.Cure, f.Or} {
				for _, command := range step.Commands {
					if line := strings.Join(command.Words(), " "); !known.MatchString(line) || strings.ContainsAny(line, "(;,'") && !strings.Contains(line, "--only ") {
						t.Errorf("%s: %q is typed", code, line)
					}
				}
				if strings.Contains(step.Text, "eshopctl ") && !strings.Contains(step.Text, "newer eshopctl") {
					t.Errorf("%s: %q holds a command", code, step.Text)
				}
			}
		}
	}
}

// What is found about a shop of one provider is said in its words and with its dates.
func TestFindingsSpeakTheWordsOfTheProvider(t *testing.T) {
	for code, words := range map[string]string{
		"version_ends":   "Market may withdraw d2026-09-01 from 2026-12-01 on",
		"scope_missing":  "have the warden write see:goods on the word",
		"provider_fault": "http://127.0.0.1/market tells about outages",
		"app_unknown":    "ESHOPCTL_MADEUP_CLIENT_SECRET is not set; set it to that of your app, which the book of the warden shows",
		"site_wrong":     "ESHOPCTL_MADEUP_URL",
		"callback_wrong": "madeup_callback_url",
	} {
		facts := wellFacts()
		scenes[code](&facts)
		report, _ := reported(facts)
		i := slices.IndexFunc(report.Findings, func(f Finding) bool { return f.Code == code })
		if found := report.Findings[i]; !strings.Contains(found.Detail+"; "+found.Cure.Text+lineOf(found.Cure.Commands), words) {
			t.Errorf("%s: %q is not in %+v", code, words, found)
		}
	}
}

// An attempt that was made with another client id than the settings have now is no
// fault of the settings: connecting again is the cure.
func TestTheAttemptsClientIDIsNotTheSettings(t *testing.T) {
	for _, reason := range []connector.Reason{connector.InvalidClient, connector.TimedOut} {
		facts := wellFacts()
		attempt(reason)(&facts)
		facts.Connector.ClientID, facts.App.ForgetID = "typed-wrongly", connector.Shell("unset", "X")
		report, _ := reported(facts)
		cause := report.Causes()[0]
		if lineOf(cause.Cure.Commands) != "connect madeup --store main --shop tea@market" || !strings.Contains(cause.Detail, "typed-wrongly") || !strings.Contains(cause.Detail, "id-1") {
			t.Errorf("%s: %+v", reason, cause)
		}
	}
}

// A state file that the next command brings up to date is cured by that command; any
// other is cured by people.
func TestTheStateFilesCure(t *testing.T) {
	doctor := connector.Typed("doctor")
	for _, c := range []struct {
		says connector.Next
		want string
	}{
		{connector.Typed("status", "--probe").Next(), "status --probe"},
		{doctor.After("name another file with --state FILE; to see more: "), ""},
		{doctor.Next().Then("; if all is well there, report this as a bug"), ""},
		{connector.Typed("state restore", "FILE").After("restore a backup; what is there now is kept: "), "state restore FILE"},
		{connector.Typed("state restore", "FILE").Next().Then(", with another backup"), ""},
		{connector.Shell("chmod", "u+w", "/folder").After("as its owner type: "), ""},
	} {
		facts := wellFacts()
		facts.Machine.StateFault = &connector.Fault{Code: connector.StateUnusable, Message: "it is old", Next: c.says}
		report, _ := reported(facts)
		if cure := report.Causes()[0].Cure; lineOf(cure.Commands) != c.want || cure.IsZero() {
			t.Errorf("%q: %+v", c.says, cure)
		}
	}
}

// A store that was disconnected on purpose has three grey lights, whatever it holds.
func TestDisconnectedIsGrey(t *testing.T) {
	facts := wellFacts()
	scenes["disconnected"](&facts)
	scenes["too_old"](&facts)
	if _, store := reported(facts); store.Lights() != (Lights{Grey, Grey, Grey}) {
		t.Errorf("%v", store.Lights())
	}
}

// A report on one topic has what is wrong with that which it rests upon, and nothing
// of what rests upon it.
func TestTopics(t *testing.T) {
	for code, wrong := range map[string][]Topic{
		"key_unusable": {Connection, Data, Warehouses, Stock},
		"too_old":      {Data, Warehouses, Stock},
		"sku_off":      {Stock},
		"untracked":    nil,
	} {
		facts := wellFacts()
		scenes[code](&facts)
		report, _ := reported(facts)
		for _, topic := range Topics() {
			about := report.About(topic)
			if got := len(about.Causes()) > 0; got != slices.Contains(wrong, topic) {
				t.Errorf("%s: wrong with %s: %v", code, topic, got)
			}
			for _, f := range about.Findings {
				if f.Topic != topic && f.Result != Failed {
					t.Errorf("%s is told about %s", f.Check, topic)
				}
			}
		}
	}
}
