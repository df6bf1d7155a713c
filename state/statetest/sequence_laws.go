package statetest

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// The laws that hold after every step of a sequence.

// previewOnly makes a plan to be applied later. A preview writes nothing.
func (s *story) previewOnly() {
	before := s.Digest()
	_, plan, err := s.Preview(importer.Choices{})
	if err != nil {
		s.rt.Fatal(err)
	}
	s.checkBalance(plan.Counts)
	if s.Digest() != before {
		s.rt.Fatal("the preview wrote the catalogue")
	}
	s.pending, s.previewed, s.writes = &plan, s.allRows(), 0
}

// applyPending applies a preview after whatever came since: it is refused, and
// then nothing is written, or exactly what it says is done.
func (s *story) applyPending() {
	if s.pending == nil {
		return
	}
	plan := *s.pending
	s.pending = nil
	before, beforeRows := s.Digest(), s.allRows()
	run, err := s.Apply(plan)
	var fault *connector.Fault
	if errors.As(err, &fault) && fault.Code == connector.StalePlan {
		if s.Digest() != before {
			s.rt.Fatal("a stale plan wrote something")
		}
		return
	}
	if err != nil {
		s.rt.Fatalf("applying a preview: %v", err)
	}
	s.appliedExactly(plan, beforeRows)
	if s.writes > 0 {
		s.rt.Fatal("a plan was applied although another run, link or unlink came in between")
	}
	s.checkBalance(run.Counts)
	s.covered = plan.Resources
	s.checkIdentities()
	s.shopEdited, s.storeEdited = true, true // the preview saw neither as it is now
	s.checkReconcile()
	s.noteLanded(plan, s.previewed)
}

// importAll reads, plans and applies, and holds every law.
func (s *story) importAll(choices importer.Choices) { s.importOf(connector.Resources(), choices) }

func (s *story) importOf(resources []connector.Resource, choices importer.Choices) {
	before, beforeRows := s.Digest(), s.allRows()
	_, plan, err := s.PreviewOf(resources, choices)
	if err != nil {
		s.rt.Fatal(err)
	}
	if s.Digest() != before {
		s.rt.Fatal("the preview wrote the catalogue")
	}
	run, err := s.Apply(plan)
	if err != nil {
		s.rt.Fatalf("the run fails: %v", err)
	}
	s.writes++
	s.covered = resources
	s.checkBalance(run.Counts)
	s.checkMeasures(plan, beforeRows)
	s.appliedExactly(plan, beforeRows)
	if choices.KeepLocalEdits {
		s.editsAreKept(beforeRows)
	}
	s.checkIdentities()
	if len(resources) == len(connector.Resources()) {
		s.equalsShop(run)
		s.shopEdited, s.storeEdited = false, sparedRows(run)
		s.checkReconciles(run)
	} else {
		s.shopEdited, s.storeEdited = true, true // of what was not imported nothing is known
		s.checkReconcile()
	}
	s.checkConverges(resources, choices, run)
	s.noteLanded(plan, beforeRows)
}

// checkMeasures: what guards measure shares of is what the catalogue holds, and what
// goes to zero is counted.
func (s *story) checkMeasures(plan importer.Plan, before catalogRows) {
	available, tracked := importer.Stock.Column("available"), importer.Stock.Column("tracked")
	inStock := func(row importer.Row) bool { return row.Record[tracked].Is(true) && row.Record[available].Int() > 0 }
	for _, table := range importer.TablesOf(plan.Resources) {
		had := len(before[table])
		if table == importer.Warehouses {
			had += plan.WarningsBy[importer.WarnWarehouseAdopted]
		}
		if plan.Had[table.Name] != had {
			s.rt.Fatalf("the plan counts %d %s, there were %d", plan.Had[table.Name], table.Name, had)
		}
		if table != importer.Stock {
			continue
		}
		had, zeroed, now := 0, 0, s.Rows(table)
		for key, row := range before[table] {
			if !inStock(row) {
				continue
			}
			had++
			if after, there := now[key]; !there || after.Record[tracked].Is(true) && after.Record[available].Int() <= 0 { // unknown is not above zero
				zeroed++
			}
		}
		if plan.InStock != had || plan.Zeroed != zeroed {
			s.rt.Fatalf("the plan counts %d of %d levels that go to zero, there were %d of %d", plan.Zeroed, plan.InStock, zeroed, had)
		}
	}
}

// noteLanded notes what was imported into each row by now. What came between the preview
// and the run was not, and into a row that was left alone nothing was.
func (s *story) noteLanded(plan importer.Plan, previewed catalogRows) {
	for _, table := range importer.Tables() {
		now := s.Rows(table)
		if !slices.Contains(importer.TablesOf(plan.Resources), table) {
			s.landAlongside(table, plan, now)
			continue
		}
		rows := maps.Clone(now)
		for key, row := range previewed[table] {
			if _, stays := now[key]; stays {
				rows[key] = row
			}
		}
		for change, err := range s.Engine.Changes(s.rt.Context(), plan.ID, table) {
			if err != nil {
				s.rt.Fatal(err)
			}
			from := now
			switch change.Action {
			case importer.Skip, importer.Reject, importer.Leave:
				from = s.landed[table]
			}
			if row, there := from[change.Key]; there {
				rows[change.Key] = row
			} else {
				delete(rows, change.Key)
			}
		}
		s.landed[table] = rows
	}
}

// landAlongside notes what became of rows of a table that was not read.
func (s *story) landAlongside(table *importer.Table, plan importer.Plan, now map[string]importer.Row) {
	for change, err := range s.Engine.Changes(s.rt.Context(), plan.ID, table) {
		if err != nil {
			s.rt.Fatal(err)
		}
		if row, there := now[change.Key]; there {
			if s.landed[table] == nil {
				s.landed[table] = map[string]importer.Row{}
			}
			s.landed[table][change.Key] = row
		} else {
			delete(s.landed[table], change.Key)
		}
	}
}

// refersWell: no row names a record that is not there. Stock of a location that the
// shop shows waits there for its warehouse, and so does any that was not read.
func (s *story) refersWell() {
	now := s.allRows()
	for table, rows := range now {
		for key, row := range rows {
			if missing := unmetParent(now, table, row, s.shopsPlaces()); missing != "" {
				s.rt.Fatalf("%s %s refers to %s, which is not there", table.Name, key, missing)
			}
		}
	}
}

// shopsPlaces are the locations that the shop has.
func (s *story) shopsPlaces() map[string]bool {
	if !slices.Contains(s.covered, connector.Stock) || !slices.Contains(s.covered, connector.Warehouses) {
		return nil
	}
	places := map[string]bool{}
	for id := range s.Shop.Warehouses {
		places[id] = true
	}
	return places
}

// unmetParent is a record that a row names and that is not there, "" for none.
func unmetParent(now catalogRows, table *importer.Table, row importer.Row, waiting map[string]bool) string {
	for _, parent := range table.Parents {
		named := []string{row.Record[parent.Column].Text()}
		if table.Columns[parent.Column].Type == importer.Set {
			named = row.Record[parent.Column].Strings()
		}
		for _, id := range named {
			if parent.Table == importer.Warehouses && (waiting == nil || waiting[id]) {
				continue
			}
			if _, there := now[parent.Table][id]; !there && id != "" {
				return parent.Table.Name + " " + id
			}
		}
	}
	return ""
}

// editsAreKept: what was edited since the last import is as it was, in rows that
// the shop still has.
func (s *story) editsAreKept(before catalogRows) {
	now := s.allRows()
	for table, rows := range s.landed {
		for key, landed := range rows {
			was, there := before[table][key]
			row, stays := now[table][key]
			if !there || !stays || unmetParent(now, table, was, nil) != "" { // it could not stay like that
				continue
			}
			for i, column := range table.Columns {
				if !sameValue(column, landed.Record[i], was.Record[i]) && !sameValue(column, was.Record[i], row.Record[i]) {
					s.rt.Fatalf("an edit of %s in %s %s was not kept: %v -> %v", column.Name, table.Name, key, was.Record, row.Record)
				}
			}
		}
	}
}

func sameValue(column importer.Column, a, b importer.Value) bool {
	alone := importer.Table{Columns: []importer.Column{column}}
	return alone.Equal(importer.Record{a}, importer.Record{b})
}

// checkBalance: every record that was read is accounted for.
func (s *story) checkBalance(tally importer.Tally) {
	for _, table := range importer.Tables() {
		if counts := *tally.Of(table); !counts.IsBalanced() {
			s.rt.Fatalf("%s do not balance: %+v", table.Name, counts)
		}
	}
}

// checkConverges: a second run of an unchanged shop writes nothing, and rejects and
// skips what the first did.
func (s *story) checkConverges(resources []connector.Resource, choices importer.Choices, first importer.Run) {
	before := s.Digest()
	_, plan, err := s.PreviewOf(resources, choices)
	if err != nil {
		s.rt.Fatal(err)
	}
	again, err := s.Apply(plan)
	if err != nil {
		s.rt.Fatalf("the rerun fails: %v", err)
	}
	if again.Counts.RowWrites() != 0 || s.Digest() != before {
		s.rt.Fatalf("the rerun writes: %+v", again.Counts)
	}
	for _, table := range importer.Tables() {
		a, b := first.Counts.Of(table), again.Counts.Of(table)
		if a.Rejected != b.Rejected || a.Skipped != b.Skipped || a.Read != b.Read {
			s.rt.Fatalf("%s: %+v, then %+v", table.Name, *a, *b)
		}
	}
}

// equalsShop: there is never a stock value that is not the shop's, nor a price,
// unless it was rejected or kept on purpose.
func (s *story) equalsShop(run importer.Run) {
	if run.Counts.RejectedRecords() > 0 || run.Counts.Of(importer.Stock).Skipped+run.Counts.Of(importer.Variants).Skipped+run.Counts.Of(importer.Warehouses).Skipped > 0 {
		return
	}
	rows := s.Rows(importer.Stock)
	levels := maps.Clone(s.Shop.Levels)
	maps.DeleteFunc(levels, func(_ string, level importer.Level) bool { return !s.Shop.ShowsItem(level.InventoryItemID) })
	if len(rows) != len(levels) {
		s.rt.Fatalf("%d levels, the shop has %d", len(rows), len(levels))
	}
	for _, level := range levels {
		row := rows[importer.JoinKey(level.InventoryItemID, level.WarehouseID)].Record
		for column, figure := range map[string]importer.Quantity{"available": level.Available, "on_hand": level.OnHand, "committed": level.Committed, "incoming": level.Incoming} {
			got := row[importer.Stock.Column(column)]
			if got.Present() != figure.Known || figure.Known && got.Text() != fmt.Sprint(figure.Units) {
				s.rt.Fatalf("%s of %s at %s is %q, not what the shop has", column, level.InventoryItemID, level.WarehouseID, got.Text())
			}
		}
		active := level.Active && s.Shop.Warehouses[level.WarehouseID].Active
		if !row[importer.Stock.Column("active")].Is(active) {
			s.rt.Fatalf("%s at %s is active: %v", level.InventoryItemID, level.WarehouseID, !active)
		}
	}
	variants := s.Rows(importer.Variants)
	for id, v := range s.Shop.Variants {
		if row, ok := variants[id]; !ok || !row.Record[importer.Variants.Column("tracked")].Is(v.Tracked) {
			s.rt.Fatalf("the variant %s is not as in the shop: %v", id, row.Record)
		}
	}
	linked := map[string]int{}
	for _, warehouse := range s.Names() {
		linked[warehouse[1]]++
	}
	for id := range s.Shop.Warehouses {
		shown := s.Shop.Hidden[id] == listed
		if shown && linked[id] != 1 {
			s.rt.Fatalf("%s has %d warehouses", id, linked[id])
		}
	}
}

// checkIdentities: one identity never has two rows.
func (s *story) checkIdentities() {
	s.refersWell()
	for _, table := range importer.Tables() {
		now := map[string]bool{}
		for r, err := range s.Engine.ListRows(s.rt.Context(), table, importer.ListFilter{Store: "main"}) {
			if err != nil {
				s.rt.Fatal(err)
			}
			record := r
			if table.Local {
				record = r[1:]
			}
			if !record[table.Keys[0]].Present() {
				continue
			}
			key := table.Name + " " + table.Key(record[:len(table.Columns)])
			if now[key] {
				s.rt.Fatalf("%s has two rows", key)
			}
			now[key] = true
		}
	}
}

func (s *story) allRows() catalogRows {
	all := catalogRows{}
	for _, table := range importer.Tables() {
		all[table] = s.Rows(table)
	}
	return all
}

// appliedExactly: the rows after a run are those before it with the listed
// changes, no more and no less.
func (s *story) appliedExactly(plan importer.Plan, before catalogRows) {
	shown := s.productsOf(plan.Snapshot)
	for _, table := range importer.Tables() {
		now := s.Rows(table)
		touched, created := map[string]bool{}, 0
		for change, err := range s.Engine.Changes(s.rt.Context(), plan.ID, table) {
			if err != nil {
				s.rt.Fatal(err)
			}
			touched[change.Key] = true
			if change.Action == importer.Create {
				created += change.Records
			}
			s.checkApplied(change, before[table], now)
		}
		s.nothingIsLost(table, before[table], now, touched, shown)
		fresh := s.countFresh(table, before[table], now, touched)
		if table != importer.Warehouses && fresh != created {
			s.rt.Fatalf("%d new %s, the plan says %d", fresh, table.Name, created)
		}
	}
}

// checkApplied makes sure that a row has become what one change says, and was before what the
// plan saw.
func (s *story) checkApplied(change importer.Change, before, now map[string]importer.Row) {
	table := change.Table
	old, was := before[change.Key]
	row, there := now[change.Key]
	if was && writesRow(change) && change.Seen != table.Fingerprint(old.Record) {
		s.rt.Fatalf("%s %s was changed although it is not the row that the plan saw", table.Name, change.Key)
	}
	switch change.Action {
	case importer.Mend:
		s.checkMended(change, row, there)
	case importer.Update:
		s.checkHolds(table, change, row, there)
		if was && table.Local && old.LocalID != row.LocalID {
			s.rt.Fatalf("%s %s was %s and is %s", table.Name, change.Key, old.LocalID, row.LocalID)
		}
	case importer.Skip, importer.Reject, importer.Leave:
		if was != there || was && (!table.Equal(old.Record, row.Record) || old.Missing != row.Missing) {
			s.rt.Fatalf("%s %s was to be left as it was: %v -> %v", table.Name, change.Key, old, row)
		}
	case importer.Remove:
		if there {
			s.rt.Fatalf("%s %s was to be removed and is there", table.Name, change.Key)
		}
	case importer.Miss, importer.Archive:
		if !row.Missing {
			s.rt.Fatalf("%s %s is not marked missing", table.Name, change.Key)
		}
	}
}

func (s *story) checkMended(change importer.Change, row importer.Row, there bool) {
	for _, field := range change.Fields {
		if !there || row.Record[field.Column] != field.New {
			s.rt.Fatalf("%s %s was to be mended: %v", change.Table.Name, change.Key, row.Record)
		}
	}
}

// countFresh counts the rows that are new, and makes sure that no row changed of which no
// change says so. A warehouse that a change links had a row before, under no key.
func (s *story) countFresh(table *importer.Table, before, now map[string]importer.Row, touched map[string]bool) (fresh int) {
	for key, row := range now {
		old, was := before[key]
		switch {
		case !was && (!touched[key] || table != importer.Warehouses):
			fresh++
		case was && !touched[key] && (!table.Equal(old.Record, row.Record) || old.Missing != row.Missing):
			s.rt.Fatalf("%s %s changed, and no change says so", table.Name, key)
		}
	}
	return fresh
}

// writesRow reports whether a change writes a row that was there.
func writesRow(change importer.Change) bool {
	switch change.Action {
	case importer.Update, importer.Remove, importer.Mend, importer.Miss, importer.Archive:
		return true
	}
	return false
}

// productsOf are those that the shop showed when a snapshot was made of it.
func (s *story) productsOf(snapshot string) map[string]bool {
	read, err := s.Engine.Snapshot(s.rt.Context(), snapshot)
	if err != nil {
		s.rt.Fatal(err)
	}
	shown := map[string]bool{}
	for record, err := range importer.RecordsOf(read, importer.Products) {
		if err != nil {
			s.rt.Fatal(err)
		}
		shown[importer.Products.Key(record)] = true
	}
	return shown
}

// nothingIsLost: what the shop did not show any more when it was read is kept, with its
// parts, unless others deleted it.
func (s *story) nothingIsLost(table *importer.Table, before, now map[string]importer.Row, touched, products map[string]bool) {
	for key, row := range before {
		_, there := now[key]
		owner := ""
		if table == importer.Variants || table == importer.Media {
			owner = row.Record[importer.Variants.Column("product_external_id")].Text()
		}
		_, stays := s.Rows(importer.Products)[owner]
		if shown := products[owner] || !stays; !there && (table.Kept || !touched[key] || owner != "" && !shown) {
			s.rt.Fatalf("%s %s is lost", table.Name, key)
		}
	}
}

func (s *story) checkHolds(table *importer.Table, change importer.Change, row importer.Row, there bool) {
	if !there || row.Missing {
		s.rt.Fatalf("%s %s was to be updated: there %v, missing %v", table.Name, change.Key, there, row.Missing)
	}
	for _, field := range change.Fields {
		if got := row.Record[field.Column]; got != field.New {
			s.rt.Fatalf("%s of %s %s is %q, the plan says %q", table.Columns[field.Column].Name, table.Name, change.Key, got.Text(), field.New.Text())
		}
	}
}

// checkReconciles: right after a run of everything nothing differs but what it
// rejected, left or kept.
func (s *story) checkReconciles(run importer.Run) {
	moved := s.checkReconcile()
	for who, n := range moved {
		if n > 0 && !(sparedRows(run) && (who == importer.ByRejected || who == importer.ByStore)) {
			s.rt.Fatalf("after a run reconcile finds %v (%+v)", moved, run.Counts)
		}
	}
}

// sparedRows reports whether a run left rows as they were, on purpose.
func sparedRows(run importer.Run) bool {
	n := run.Counts.RejectedRecords()
	for _, table := range importer.Tables() {
		n += run.Counts.Of(table).Skipped
	}
	return n > 0
}

// checkReconcile reconciles, and writes nothing. It returns who moved.
func (s *story) checkReconcile() map[importer.Mover]int {
	before := s.Digest()
	run := s.Reconcile()
	s.checkBalance(run.Counts)
	if s.Digest() != before {
		s.rt.Fatal("reconcile wrote the catalogue")
	}
	if n := run.Reconciliation.Moved[importer.ByNeither]; n > 0 {
		for remark, err := range s.Engine.Remarks(s.rt.Context(), run.ID, importer.WarnReconciliationBug) {
			s.rt.Logf("%+v %v", remark, err)
		}
		s.rt.Fatalf("%d reconciliation bugs", n)
	}
	moved := run.Reconciliation.Moved
	if !s.storeEdited && moved[importer.ByStore]+moved[importer.ByBoth] > 0 || !s.shopEdited && moved[importer.ByShop]+moved[importer.ByBoth] > 0 {
		s.rt.Fatalf("who moved: %v, though the shop was edited: %v, and the store: %v", moved, s.shopEdited, s.storeEdited)
	}
	return moved
}
