package importer_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/importer"
)

// types runs a command line of the program on the state of the bench and returns what it
// prints.
func (b *bench) types(line string) string {
	b.Helper()
	var out, complained bytes.Buffer
	variables := map[string]string{"HOME": b.TempDir(), "ESHOPCTL_STATE": b.db.Path(), "ESHOPCTL_KEY": benchKey}
	status := cmd.Run(b.Context(), terminal.Env{
		Args: strings.Fields(line), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &complained, Now: b.clock,
		LookupEnv: func(name string) (string, bool) { value, set := variables[name]; return value, set },
	})
	if status != 0 && status != 5 { // 5: a record was rejected
		b.Errorf("eshopctl %s: %d\n%s%s", line, status, out.String(), complained.String())
	}
	return out.String() + complained.String()
}

// face is a command line and what must stand in what it prints.
type face struct {
	line   string
	wanted []string
}

// shows types command lines one after the other, holds what they print against what must
// stand there, and returns all that was printed but for the lists of the catalogue.
func (b *bench) shows(faces []face) (beside string) {
	b.Helper()
	for _, face := range faces {
		printed := b.types(face.line)
		for _, text := range face.wanted {
			if !strings.Contains(printed, text) {
				b.Errorf("eshopctl %s does not print %q:\n%s", face.line, text, printed)
			}
		}
		if !strings.HasPrefix(face.line, "catalog ") {
			beside += "eshopctl " + face.line + "\n" + printed
		}
	}
	return beside
}

// end records how a run ended.
func (b *bench) end(run importer.Run) {
	b.Helper()
	now := b.clock()
	run.Status, run.FinishedAt = importer.Succeeded, &now
	if err := b.db.EndRun(b.Context(), run); err != nil {
		b.Fatal(err)
	}
}

// roasters are people.
var roasters = []string{"Ada", "Grace", "Linus", "Margaret"}

// What operators type shows an eighth table as it does the seven, in text and for
// programs. What is personal in it only they see who list its records.
func TestAMadeUpTableHasAllFaces(t *testing.T) {
	b := newBrewery(t, 5)
	b.expect("first", importer.Choices{}, importer.Counts{Read: 5, Created: 5})
	b.batches[1], b.batches[2][4] = batchOf(1, 0), importer.String("Linus")
	b.batches[0][7] = importer.String("heavy")
	b.batches = append(b.batches[:4], batchOf(5, 5))
	b.shop.add(5)
	b.sql("UPDATE batches SET roaster = 'Grace' WHERE external_id = ?", batch(3))
	preview, plan := b.preview(importer.Choices{})
	b.end(preview)
	said := b.shows([]face{
		{"catalog --help", []string{"batches"}},
		{"catalog batches --help", []string{"--filter chooses those that", "used-up", "are used up"}},
		{"catalog batches", []string{"left over", "Batch 2", "Tea 2", batch(2), "5 batches, 25 kilos left over"}},
		{"catalog batches --filter used-up", []string{"none of 5 batches match"}},
		{"catalog batches --search ada -o jsonl", []string{`"roaster":"Ada","tracked":true,"left_over":5,"weight":1.50,"variant_external_ids":["` + variant(0) + `"]`}},
		{"catalog batches --search grace -o csv", []string{"id,external_id,product_external_id,title,state,roaster,tracked,left_over", batch(3), ",Grace,"}},
		{"catalog batches -o json", []string{`"batches": [`, `"missing_since": null`}},
		{"import preview --from " + plan.ID + " --changes", []string{"\n  batches ", "(personal)"}},
		{"import preview --from " + plan.ID + " --changes -o json", []string{`"personal": true`}},
		{"runs show " + plan.ID, []string{"\n  batches ", "W-STOCK-ZEROED", "E-VALUE-INVALID"}},
		{"runs show " + plan.ID + " -o json", []string{`"batches": {`}},
		{"runs show " + plan.ID + " -o html", []string{"batches: 1 would be created", "left_over", "(personal)"}},
		{"runs warnings " + plan.ID, []string{"edited here since the last import: roaster", "left_over of", `weight is "heavy"`, `no longer shows "Batch 4"`}},
		{"runs warnings " + plan.ID + " -o jsonl", []string{`"resource":"batches"`, `"external_id":"` + batch(3) + `"`}},
		{"runs changes " + plan.ID, []string{"batches: 1 would go from above zero to zero, or away", "batches: 1 would be created", "batches: 2 would be updated"}},
		{"runs changes " + plan.ID + " --limit 0", []string{"Batch 1  " + batch(1), "left_over: 5 -> 0", "(edited here)", "roaster: (personal) -> (personal)"}},
		{"runs changes " + plan.ID + " --resource batches --action zero -o json", []string{`"resource": "batches"`, `"name": "left_over"`, `"zeroed": true`}},
		{"runs changes " + plan.ID + " --resource batches -o jsonl", []string{`{"name":"roaster","old":null,"new":null,"moved":"store","personal":true}`}},
		{"import run " + plan.ID + " --yes -vv", []string{"\n  batches "}},
	})
	b.batches[2][4] = importer.String("Margaret")
	comparison := b.reconcile()
	b.end(comparison)
	said += b.shows([]face{
		{"runs show " + comparison.ID, []string{"\n  batches "}},
		{"runs changes " + comparison.ID + " --resource batches", []string{"batches: 1 different", "roaster: (personal) -> (personal)"}},
		{"runs list -o jsonl", []string{`"batches":{`}},
		{"status -o json", []string{`"batches": 6`}},
		{"state info", nil},
		{"runs prune --keep 1", nil},
		{"catalog batches --search margaret", []string{"none of 6 batches match"}},
	})
	for line := range strings.Lines(said) {
		if slices.ContainsFunc(roasters, func(name string) bool { return strings.Contains(line, name) }) {
			t.Errorf("somebody is named: %s", line)
		}
	}
}

// A record whose title is personal is known by its key wherever it is told of.
func TestAPersonalTitleNamesNobody(t *testing.T) {
	b := newBrewery(t, 6)
	before, told := batches.Columns, batches.Told
	t.Cleanup(func() { batches.Columns, batches.Told = before, told })
	batches.Columns, batches.Told = slices.Clone(before), "title left_over"
	batches.Columns[2].Personal, batches.Columns[7].Personal = true, true
	b.expect("first", importer.Choices{}, importer.Counts{Read: 6, Created: 6})
	b.batches[0], b.batches[1][7], b.batches[2][2] = batchOf(0, 0), importer.String("heavy"), importer.String("Batch of Ada")
	b.batches = append(b.batches[:5], batchOf(6, 5))
	b.shop.add(6)
	preview, plan := b.preview(importer.Choices{})
	b.end(preview)
	said := b.shows([]face{
		{"catalog batches", []string{"Batch 1", "Batch 5"}},
		{"catalog batches --search 5 -o csv", []string{"Batch 5"}},
		{"runs show " + plan.ID + " -o html", []string{batch(0), batch(6)}},
		{"runs warnings " + plan.ID, []string{"weight is no number", `no longer shows "` + batch(5) + `"`}},
		{"runs changes " + plan.ID + " --limit 0", []string{"title: (personal) -> (personal)", batch(6) + "  left_over 5"}},
		{"runs changes " + plan.ID + " -o json", []string{batch(6)}},
		{"import run " + plan.ID + " --yes", nil},
		{"runs changes latest", []string{batch(2)}},
	})
	for line := range strings.Lines(said) {
		if strings.Contains(line, "Batch ") || strings.Contains(line, "heavy") {
			t.Errorf("its title, or its weight: %s", line)
		}
	}
}
