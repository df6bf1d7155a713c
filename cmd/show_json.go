package cmd

import (
	"context"
	"errors"
	"iter"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/importer/walk"
)

// changeJSON is a change as scripts get it.
type changeJSON struct {
	Action     importer.Action `json:"action"`
	Resource   string          `json:"resource"`
	ExternalID string          `json:"external_id"`
	LocalID    string          `json:"local_id"`
	Fields     []fieldJSON     `json:"fields"`
	Drifted    bool            `json:"drifted"`
	Moved      importer.Moved  `json:"moved"`
	Zeroed     bool            `json:"zeroed"`
}

type fieldJSON struct {
	Name  string         `json:"name"`
	Old   typed          `json:"old"`
	New   typed          `json:"new"`
	Moved importer.Moved `json:"moved"`

	Personal bool `json:"personal,omitempty"` // the values are not told
}

// typed is a value that is encoded as its column's type says.
type typed struct {
	importer.Value
	importer.Type
}

// MarshalJSON encodes the value; an absent one is null.
func (t typed) MarshalJSON() ([]byte, error) { return t.AppendJSON(nil, t.Type), nil }

func jsonOf(c importer.Change) changeJSON {
	fields := make([]fieldJSON, len(c.Fields))
	for i, field := range c.Fields {
		column := c.Table.Columns[field.Column]
		fields[i] = fieldJSON{column.Name, typed{field.Old, column.Type}, typed{field.New, column.Type}, c.Moves(field), column.Personal}
		if column.Personal {
			fields[i].Old, fields[i].New = typed{}, typed{}
		}
	}
	return changeJSON{c.Action, c.Table.Name, importer.ShowKey(c.Key), c.LocalID, fields, c.Drifted, c.WhoMoved(), c.Zeroed}
}

// rowJSON is a listed row: its columns in their order.
type rowJSON struct {
	columns []importer.Column
	values  importer.Record
}

// MarshalJSON encodes the row as one object.
func (r rowJSON) MarshalJSON() ([]byte, error) {
	text := []byte{'{'}
	for i, column := range r.columns {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(text, '"')
		text = append(text, column.Name...)
		text = append(text, '"', ':')
		text = r.values[i].AppendJSON(text, column.Type)
	}
	return append(text, '}'), nil
}

// document prints one document for machines; with jsonl it takes one line.
func (p *program) document(v any) error {
	if p.config.Output == "jsonl" {
		return plain.JSONLine(p.env.Stdout, v)
	}
	return plain.JSON(p.env.Stdout, v)
}

// stream prints a sequence for machines: as JSON lines, or as one document with
// the elements below name. Either goes out as it comes.
func stream[T any](p *program, name string, elements iter.Seq2[T, error], encode func(T) any) error {
	encoded := func(yield func(any, error) bool) {
		for element, err := range elements {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(encode(element), nil) {
				return
			}
		}
	}
	if p.config.Output == "jsonl" {
		return plain.JSONLines(p.env.Stdout, encoded)
	}
	begun, err := plain.JSONList(p.env.Stdout, name, encoded)
	if err != nil && begun {
		return exit.Told{err} // a second document behind half a one would help nobody
	}
	return err
}

// changes gives the changes of a plan that an operator is to see, filtered, each
// created record as a change of its own.
func changes(ctx context.Context, db job.Kept, plan string, tables []*importer.Table, action importer.Action) iter.Seq2[importer.Change, error] {
	return func(yield func(importer.Change, error) bool) {
		for _, table := range tables {
			for change, err := range changesOf(ctx, db, plan, table) {
				if err == nil && (!change.Shown() || action != "" && !change.Does(action)) {
					continue
				}
				if !yield(change, err) || err != nil {
					return
				}
			}
		}
	}
}

func changesOf(ctx context.Context, db job.Kept, plan string, table *importer.Table) iter.Seq2[importer.Change, error] {
	return func(yield func(importer.Change, error) bool) {
		makings, err := makingsOf(ctx, db, plan, table)
		if err != nil {
			yield(importer.Change{}, err)
			return
		}
		if makings != nil {
			defer makings.Close()
		}
		for change, err := range db.Changes(ctx, plan, table) {
			if err != nil || makings == nil || change.Action != importer.Create {
				if !yield(change, err) || err != nil {
					return
				}
				continue
			}
			for record, err := range makings.Of(change) {
				one := change
				one.Records = 1
				if err == nil {
					one.Key, one.Fields = table.Key(record), importer.AllFields(table, nil, record)
				}
				if !yield(one, err) || err != nil {
					return
				}
			}
		}
	}
}

// makingsOf finds the records that a plan creates, nil when its snapshot is not
// kept any more: then only the first of neighbours is known.
func makingsOf(ctx context.Context, db job.Kept, plan string, table *importer.Table) (*walk.Makings, error) {
	made, err := db.Plan(ctx, plan)
	if err != nil {
		return nil, err
	}
	snapshot, err := db.Snapshot(ctx, made.Snapshot)
	if errors.Is(err, importer.ErrNotKept) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return walk.NewMakings(snapshot, table)
}
