package state

import (
	"context"
	"database/sql"
)

// prepared is a transaction that prepares each statement once.
type prepared struct {
	tx         *sql.Tx
	statements map[string]*sql.Stmt
}

func (p prepared) get(ctx context.Context, query string) (*sql.Stmt, error) {
	if statement := p.statements[query]; statement != nil {
		return statement, nil
	}
	statement, err := p.tx.PrepareContext(ctx, query)
	if err == nil {
		p.statements[query] = statement
	}
	return statement, err
}

// QueryContext runs a query.
func (p prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	statement, err := p.get(ctx, query)
	if err != nil {
		return nil, err
	}
	return statement.QueryContext(ctx, args...)
}

// QueryRowContext runs a query for one row. What cannot be prepared is left to
// the transaction, whose row tells the error.
func (p prepared) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	statement, err := p.get(ctx, query)
	if err != nil {
		return p.tx.QueryRowContext(ctx, query, args...)
	}
	return statement.QueryRowContext(ctx, args...)
}
