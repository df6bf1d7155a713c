package metrics

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/cmd/view/words"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer"
)

// Record is what the metrics of a store are made of: its card, and for each kind of run the
// last one and the last that succeeded.
type Record struct {
	view.Card
	Last        map[importer.Kind]*importer.Run
	LastSuccess map[importer.Kind]*importer.Run
}

// Write writes records in the text format of Prometheus. Times are written as timestamps,
// not as ages, because the file may be read long after.
func Write(w io.Writer, records []Record) error {
	var text strings.Builder
	for _, m := range metrics {
		fmt.Fprintf(&text, "# HELP eshopctl_%s %s\n# TYPE eshopctl_%[1]s gauge\n", m.name, m.help)
		for _, record := range records {
			m.samples(record, func(value float64, labels ...string) {
				all := append([]string{"store", record.Store, "provider", record.Provider}, labels...)
				fmt.Fprintf(&text, "eshopctl_%s{%s} %s\n", m.name, labelsText(all), numberText(value))
			})
		}
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// sample takes one value, with labels as names and values in turn.
type sample func(value float64, labels ...string)

type metric struct {
	name, help string
	samples    func(Record, sample)
}

// metrics are a contract with dashboards and alerts: add, never rename.
var metrics = []metric{
	{"connector_live", "Whether the store is connected to its shop.", func(r Record, add sample) {
		add(oneOrZero(r.State == connector.Live))
	}},
	{"light", "The lights of a store: 0 green, 1 yellow, 2 red.", func(r Record, add sample) {
		for _, light := range []struct {
			name  string
			light health.Light
		}{{"connection", r.Lights.Connection}, {"last_run", r.Lights.LastRun}, {"data_age", r.Lights.DataAge}} {
			if light.light != health.Grey { // a store disconnected on purpose has no lights
				add(lightValue(light.light), "light", light.name)
			}
		}
	}},
	{"last_run_timestamp_seconds", "When the last run of a kind began.", ofRuns(lastRuns, func(run *importer.Run, add sample) {
		add(unixSeconds(run.StartedAt))
	})},
	{"last_run_duration_seconds", "How long the last run of a kind took.", ofRuns(lastRuns, func(run *importer.Run, add sample) {
		if run.FinishedAt != nil {
			add(run.FinishedAt.Sub(run.StartedAt).Seconds())
		}
	})},
	{"last_run_status",
		"How the last run of a kind went: 1 for its status, 0 for the others.", ofRuns(lastRuns, func(run *importer.Run, add sample) {
			for _, status := range []importer.Status{importer.Running, importer.Succeeded, importer.Partial, importer.Failed,
				importer.Interrupted} {
				add(oneOrZero(run.Status == status), "status", string(status))
			}
		})},
	{"last_success_timestamp_seconds",
		"When the last run of a kind that succeeded ended.", ofRuns(lastSuccesses, func(run *importer.Run, add sample) {
			if run.FinishedAt != nil {
				add(unixSeconds(*run.FinishedAt))
			}
		})},
	{"last_run_records",
		"Records of the last run of a kind by what became, or in a preview would become, of them.", ofRuns(lastRuns, runRecords)},
	{"not_read", "Whether the last run of a kind did not look at a resource that the store is set up for.", notReadOf},
	{"not_read_field", "Fields that the last run of a kind left out of what it looked at.", ofRuns(lastRuns, fieldsNotRead)},
	{"last_run_warnings", "Warnings of the last run of a kind.", ofRuns(lastRuns, func(run *importer.Run, add sample) {
		if !words.LookedAtNothing(*run) {
			add(float64(run.Warnings))
		}
	})},
	{"last_run_warnings_by_code", "Warnings of the last run of a kind by their code.", ofRuns(lastRuns, func(run *importer.Run, add sample) {
		addByCode(run.WarningsBy, add)
	})},
	{"last_run_rejections", "Rejected records of the last run of a kind.", ofRuns(lastRuns, func(run *importer.Run, add sample) {
		if !words.LookedAtNothing(*run) {
			add(float64(run.Counts.RejectedRecords()))
		}
	})},
	{"last_run_rejections_by_code",
		"Rejected records of the last run of a kind by their code.", ofRuns(lastRuns, func(run *importer.Run, add sample) {
			addByCode(run.RejectedBy, add)
		})},
	{"objects", "Rows of the imported catalogue.", func(r Record, add sample) {
		for _, t := range importer.Tables() {
			add(float64(r.Objects[t.Name]), "resource", t.Name)
		}
	}},
	{"data_timestamp_seconds", "When the shop was read that the data of a resource comes from.", func(r Record, add sample) {
		for _, resource := range connector.Resources() {
			if f, ok := r.Freshness[resource]; ok {
				add(unixSeconds(f.AsOf), "resource", string(resource))
			}
		}
	}},
	{"data_imported_timestamp_seconds", "When the data of a resource was imported.", func(r Record, add sample) {
		for _, resource := range connector.Resources() {
			if f, ok := r.Freshness[resource]; ok {
				add(unixSeconds(f.ImportedAt), "resource", string(resource))
			}
		}
	}},
	{"authorisation_end_timestamp_seconds", "When the authorisation ends if it is not used before.", func(r Record, add sample) {
		if end := r.Token.RefreshExpiresAt; end != nil {
			add(unixSeconds(*end))
		}
	}},
}

func lastRuns(r Record) map[importer.Kind]*importer.Run      { return r.Last }
func lastSuccesses(r Record) map[importer.Kind]*importer.Run { return r.LastSuccess }

// ofRuns makes the samples of a metric with a value for each kind of run.
func ofRuns(runs func(Record) map[importer.Kind]*importer.Run, of func(*importer.Run, sample)) func(Record, sample) {
	return func(r Record, add sample) {
		for _, kind := range slices.Sorted(maps.Keys(runs(r))) {
			if run := runs(r)[kind]; run != nil {
				of(run, func(value float64, labels ...string) {
					add(value, append([]string{"kind", string(kind)}, labels...)...)
				})
			}
		}
	}
}

// notReadOf are samples of whether the last run of each kind left a resource out. There are
// none for resources that the store is not set up for.
func notReadOf(r Record, add sample) {
	ofRuns(lastRuns, func(run *importer.Run, add sample) {
		for _, resource := range r.SetUpFor {
			left := slices.ContainsFunc(run.NotRead,
				func(n importer.NotRead) bool { return n.Resource == string(resource) && !n.OnlyFields() })
			add(oneOrZero(left), "resource", string(resource))
		}
	})(r, add)
}

// fieldsNotRead are samples for the fields that the last run of each kind left out.
func fieldsNotRead(run *importer.Run, add sample) {
	for _, n := range run.NotRead {
		for _, field := range n.Fields {
			add(1, "resource", n.Resource, "field", field)
		}
	}
}

func runRecords(run *importer.Run, add sample) {
	for _, t := range importer.Tables() {
		if !run.LookedAt(t) {
			continue
		}
		for _, column := range words.CountColumns() {
			n := column.Of(run.Counts.Of(t))
			if column.Done == words.Filled && n == 0 {
				continue // no series for what happens only once, after an upgrade
			}
			add(float64(n), "resource", t.Name, "outcome", column.Done)
		}
	}
}

func addByCode(counts map[string]int, add sample) {
	for _, code := range slices.Sorted(maps.Keys(counts)) {
		add(float64(counts[code]), "code", code)
	}
}

func lightValue(l health.Light) float64 {
	return map[health.Light]float64{health.Green: 0, health.Yellow: 1}[l] + 2*oneOrZero(l != health.Green && l != health.Yellow)
}

func oneOrZero(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func unixSeconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

func numberText(value float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.3f", value), "0"), ".")
}

// labelsText writes labels, with their values escaped.
func labelsText(labels []string) string {
	escape := strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`)
	var parts []string
	for i := 0; i+1 < len(labels); i += 2 {
		parts = append(parts, labels[i]+`="`+escape.Replace(plain.Line(labels[i+1]))+`"`)
	}
	return strings.Join(parts, ",")
}
