package chunks

import (
	"iter"

	"github.com/eshopos/eshopctl/importer"
)

// Changes collects changes, table by table, into chunks.
type Changes struct {
	packer Packer
	table  *importer.Table
	raw    []byte // the head and the changes, empty if there is none
}

// AddChange adds a change of the same table as those before it, and reports whether the
// chunk is full.
func (c *Changes) AddChange(change importer.Change) (ends bool) {
	if len(c.raw) == 0 {
		c.table = change.Table
		c.raw = append(c.raw, columnHead(c.table)...)
	}
	c.raw = importer.AppendRecord(c.raw, changeRecord(change))
	return len(c.raw) >= mostBytes
}

// Table returns the table of the collected changes, nil if there are none.
func (c *Changes) Table() *importer.Table {
	if len(c.raw) == 0 {
		return nil
	}
	return c.table
}

// PackChunk returns the chunk as it is stored, and begins another one.
func (c *Changes) PackChunk() []byte {
	packed := c.packer.PackChunk(c.raw)
	c.raw = c.raw[:0]
	return packed
}

// Changes yields the changes of a table in the chunk.
func (s Content) Changes(t *importer.Table) iter.Seq2[importer.Change, error] {
	return func(yield func(importer.Change, error) bool) {
		columns, raw, err := s.cutHead(t)
		layout := importer.LayoutOf(t, columnsOnly(columns))
		for err == nil && raw != "" {
			var change importer.Change
			if change, raw, err = cutChange(t, layout, raw); err == nil && !yield(change, nil) {
				return
			}
		}
		if err != nil {
			yield(importer.Change{}, err)
		}
	}
}

// A change is stored as a record: the number of its fields, what it does to which row, then
// column, old and new value of each field, and last one of rejectedRecord, filledRecord or
// whether the record that was imported before follows.
const changeHead = 11 // values

const (
	rejectedRecord = "rejected"
	filledRecord   = "filled"
)

func changeRecord(c importer.Change) importer.Record {
	r := importer.Record{
		importer.Whole(int64(len(c.Fields))), importer.String(string(c.Action)), importer.String(c.Key), importer.String(c.LocalID),
		importer.Flag(c.Drifted), importer.Flag(c.Both), importer.Flag(c.Foreign), importer.Whole(int64(c.Records)), importer.String(string(c.Seen[:])),
		importer.String(string(c.Moved)), importer.Flag(c.Zeroed),
	}
	for _, field := range c.Fields {
		r = append(r, importer.Whole(int64(field.Column)), field.Old, field.New)
	}
	if c.Rejected && c.Action == importer.Remove {
		return append(r, importer.String(rejectedRecord))
	}
	if c.Filled {
		return append(r, importer.String(filledRecord))
	}
	r = append(r, importer.Flag(c.Imported != nil))
	return append(r, c.Imported...)
}

func cutChange(t *importer.Table, layout importer.Layout, raw string) (c importer.Change, rest string, err error) {
	head, raw, err := importer.CutRecord(raw, changeHead)
	if err != nil {
		return c, "", err
	}
	c = importer.Change{
		Action: importer.Action(head[1].Text()), Table: t, Key: head[2].Text(), LocalID: head[3].Text(),
		Drifted: head[4].Is(true), Both: head[5].Is(true), Foreign: head[6].Is(true), Records: int(head[7].Int()), Saw: layout,
	}
	copy(c.Seen[:], head[8].Text())
	c.Moved, c.Zeroed = importer.Mover(head[9].Text()), head[10].Is(true)
	fields, raw, err := importer.CutRecord(raw, 3*int(head[0].Int())+1)
	if err != nil {
		return c, "", err
	}
	for ; len(fields) > 3; fields = fields[3:] {
		if column := layout.ColumnOf(int(fields[0].Int())); column >= 0 {
			c.Fields = append(c.Fields, importer.FieldChange{Column: column, Old: fields[1], New: fields[2]})
		}
	}
	c.Rejected = c.Action == importer.Reject || fields[0].Text() == rejectedRecord
	c.Filled = fields[0].Text() == filledRecord
	if fields[0].Is(true) {
		c.Imported, raw, err = layout.CutRecord(raw)
	}
	return c, raw, err
}
