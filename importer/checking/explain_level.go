package checking

import (
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

func (l *LevelEvidence) explainLevel(of *VariantEvidence) LocationExplanation {
	explained := LocationExplanation{LocationID: l.LocationID, Gates: []Gate{
		l.checkStocked(of), l.checkMapped(of), l.checkRead(of), l.checkWritten(of), l.checkReadBack(of), l.checkUnedited(of), l.checkCurrent(of),
	}}
	if l.Seen != nil {
		explained.Name = l.Seen.Location
		if l.Seen.Unfit == "" {
			explained.Shop = figuresOf(l.inShop())
		}
	}
	if w := l.Warehouse; w != nil {
		explained.WarehouseID = w.ID
		if explained.Name == "" {
			explained.Name = w.Name
		}
	}
	if l.Row != nil {
		explained.Stored = figuresOf(l.Row)
	}
	explained.FirstFailing = firstFailing(explained.Gates)
	return explained
}

func (l *LevelEvidence) checkStocked(of *VariantEvidence) Gate {
	if l.Seen == nil {
		return Gate{GateStocked, Stopped, "the shop does not stock it there",
			importer.KindImport.Command(of.Store).Next().Then(" takes the level away")}
	}
	if l.Seen.Unfit != "" {
		return Gate{GateStocked, Stopped, "the shop has it, but not as it can be imported: " + l.Seen.Unfit, importer.CorrectInShop()}
	}
	text := "the shop has " + shopFigures(l.inShop())
	if !l.Seen.Active {
		text += "; the location or the level is deactivated"
	}
	return Gate{GateStocked, Passed, text, nil}
}

func (l *LevelEvidence) checkMapped(of *VariantEvidence) Gate {
	switch {
	case l.Warehouse != nil && l.Warehouse.Missing:
		return Gate{GateMapped, Passed, fmt.Sprintf("warehouse %s (%q), which is marked missing", l.Warehouse.ID, l.Warehouse.Name), nil}
	case l.Warehouse != nil:
		return Gate{GateMapped, Passed, fmt.Sprintf("warehouse %s (%q) stands for it", l.Warehouse.ID, l.Warehouse.Name), nil}
	case l.Remark != nil && l.Remark.Resource == importer.Warehouses.Name:
		return Gate{GateMapped, Stopped, "no warehouse stands for it: " + l.Remark.Message, l.Remark.Next}
	}
	return Gate{GateMapped, Stopped, "no warehouse stands for this location", importer.KindImport.Command(of.Store).Next()}
}

func (l *LevelEvidence) checkRead(of *VariantEvidence) Gate {
	switch {
	case l.Run == nil:
		return Gate{GateRead, Stopped, "no import of stock has been run yet", importer.KindImport.Command(of.Store).Next()}
	case !l.Run.Kept:
		return Gate{GateRead, Unknown, fmt.Sprintf("what run %s read is not kept any more", l.Run.ID), nil}
	case l.Read == nil:
		return Gate{GateRead, Stopped, fmt.Sprintf("run %s, which read the shop at %s, did not find it", l.Run.ID, timeOf(l.Run)),
			importer.KindImport.Command(of.Store).Next()}
	}
	if why := importer.Stock.InvalidValue(l.Read); why != "" {
		return Gate{GateRead, Stopped, fmt.Sprintf("run %s rejected it, and left the row as it was: %s", l.Run.ID, why),
			importer.CorrectInShop()}
	}
	return Gate{GateRead, Passed, fmt.Sprintf("by run %s at %s: %s", l.Run.ID, timeOf(l.Run), shopFigures(l.Read)), nil}
}

// isComparable reports whether a row can be compared with what the run read.
func (l *LevelEvidence) isComparable() bool {
	return l.Read != nil && importer.Stock.InvalidValue(l.Read) == ""
}

func timeOf(run *StockRun) string { return run.AsOf.UTC().Format("2006-01-02 15:04 UTC") }

func (l *LevelEvidence) checkWritten(of *VariantEvidence) Gate {
	switch {
	case l.Row != nil && l.Remark != nil && l.Remark.Severity == importer.Rejected:
		return Gate{GateWritten, Stopped, fmt.Sprintf("run %s rejected it, so the row still has %s: %s", l.Run.ID, shopFigures(l.Row),
			l.Remark.Message), l.Remark.Next}
	case l.Row != nil && l.UpdatedBy != "":
		return Gate{GateWritten, Passed, fmt.Sprintf("the row has %s; run %s wrote it last", shopFigures(l.Row), l.UpdatedBy), nil}
	case l.Row != nil:
		return Gate{GateWritten, Passed, "the row has " + shopFigures(l.Row), nil}
	case l.Remark != nil:
		return Gate{GateWritten, Stopped, "it was rejected: " + l.Remark.Message, l.Remark.Next}
	case l.Run != nil && l.Read != nil:
		return Gate{GateWritten, Stopped, fmt.Sprintf("run %s read it, but there is no row: it was deleted here since", l.Run.ID),
			importer.KindImport.Command(of.Store).Next()}
	}
	return Gate{GateWritten, Stopped, "there is no row of it", importer.KindImport.Command(of.Store).Next()}
}

func (l *LevelEvidence) checkReadBack(*VariantEvidence) Gate {
	switch {
	case l.Run == nil || l.Row == nil || !l.Run.Kept || !l.isComparable():
		return Gate{GateReadBack, Unknown, "there is nothing to compare", nil}
	case l.keptEdit():
		return Gate{GateReadBack, Stopped, fmt.Sprintf("run %s left the row as it was edited here", l.Run.ID), l.Remark.Next}
	}
	if l.UpdatedBy == "" {
		return Gate{GateReadBack, Unknown, "which run wrote the row is not known", nil}
	}
	return Gate{GateReadBack, Passed, fmt.Sprintf("run %s compared the row with what it had read, before it was committed",
		l.UpdatedBy), nil}
}

// keptEdit reports whether the run kept a local edit of the row.
func (l *LevelEvidence) keptEdit() bool {
	return l.Remark != nil && l.Remark.Code == importer.WarnLocalEditKept
}

func (l *LevelEvidence) checkUnedited(of *VariantEvidence) Gate {
	if l.Row == nil || !l.isComparable() {
		return Gate{GateUnedited, Unknown, "there is nothing to compare", nil}
	}
	fields := importer.ChangedFields(importer.Stock, l.Read, l.Row)
	switch {
	case len(fields) > 0 && l.keptEdit():
		return Gate{GateUnedited, Stopped, "the row was changed here, and kept so by that run: " + inWords(fields),
			importer.KindImport.Command(of.Store).Next().Then(" takes the shop's numbers")}
	case len(fields) > 0:
		return Gate{GateUnedited, Stopped, "the row was changed here since that run: " + inWords(fields),
			importer.KindImport.Command(of.Store).Next().Then(" takes the shop's numbers")}
	}
	return Gate{GateUnedited, Passed, "the row is as that run left it", nil}
}

func (l *LevelEvidence) checkCurrent(of *VariantEvidence) Gate {
	switch {
	case l.Seen == nil || l.Seen.Unfit != "" || l.Row == nil:
		return Gate{GateCurrent, Unknown, "there is nothing to compare", nil}
	case sameFigures(l.Row, l.inShop()):
		return Gate{GateCurrent, Passed, "shop and store have the same numbers", nil}
	case l.isComparable() && sameFigures(l.Read, l.inShop()):
		return Gate{GateCurrent, Stopped, "the shop still has what was read, the store does not",
			importer.KindImport.Command(of.Store).Next()}
	}
	return Gate{GateCurrent, Stopped, "the shop changed since: " + l.shopsLead(), importer.KindImport.Command(of.Store).Next()}
}

// shopsLead says what differs between shop and row: the numbers that a merchant sees, or
// else the other columns.
func (l *LevelEvidence) shopsLead() string {
	shop, store := shopFigures(l.inShop()), shopFigures(l.Row)
	if shop != store {
		return fmt.Sprintf("it has %s, the store %s", shop, store)
	}
	fields := slices.DeleteFunc(importer.ChangedFields(importer.Stock, l.Row, l.inShop()),
		func(f importer.FieldChange) bool { return !slices.Contains(figureColumns, f.Column) })
	return inWords(fields)
}

// inShop returns the level of the shop as a record, without the columns that staging fills
// in.
func (l *LevelEvidence) inShop() importer.Record { return l.Seen.AppendTo(nil) }

// figureColumns are the columns that say how much there is.
var figureColumns = []int{
	importer.StockActive, importer.StockAvailable, importer.StockOnHand, importer.Stock.Column("committed"), importer.Stock.Column("incoming"),
}

func sameFigures(a, b importer.Record) bool {
	return !slices.ContainsFunc(figureColumns, func(i int) bool { return !a[i].Equal(b[i], importer.Stock.Columns[i].Type) })
}

// shopFigures returns the numbers of a level that a merchant sees, in words.
func shopFigures(level importer.Record) string {
	return importer.FigureText(level, importer.StockAvailable) + " and " + importer.FigureText(level, importer.StockOnHand)
}

func inWords(fields []importer.FieldChange) string {
	words := make([]string, len(fields))
	for i, field := range fields {
		words[i] = fmt.Sprintf("%s %s -> %s", importer.Stock.Columns[field.Column].Name, shownAs(field.Old), shownAs(field.New))
	}
	return strings.Join(words, ", ")
}

func shownAs(v importer.Value) string {
	if !v.Present() {
		return "(none)"
	}
	return v.Text()
}

func figuresOf(level importer.Record) *Figures {
	number := func(column int) *int64 {
		if !level[column].Present() {
			return nil
		}
		return new(level[column].Int())
	}
	return &Figures{
		Active: level[importer.StockActive].Text() == "true", Available: number(importer.StockAvailable), OnHand: number(importer.StockOnHand),
		Committed: number(importer.Stock.Column("committed")), Incoming: number(importer.Stock.Column("incoming")),
	}
}
