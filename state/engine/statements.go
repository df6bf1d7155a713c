package engine

import (
	"context"
	"database/sql"
	"sync"
)

// preparer is a transaction or a database.
type preparer interface {
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Statements prepares each statement once. Statements of a transaction are closed with it.
type Statements struct {
	by preparer

	mu         sync.Mutex
	statements map[string]*sql.Stmt
}

// NewStatements returns the statements of a transaction or a database.
func NewStatements(by preparer) *Statements {
	return &Statements{by: by, statements: map[string]*sql.Stmt{}}
}

// Statement returns the prepared statement for a query.
func (p *Statements) Statement(ctx context.Context, query string) (*sql.Stmt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if statement := p.statements[query]; statement != nil {
		return statement, nil
	}
	statement, err := p.by.PrepareContext(ctx, query)
	if err == nil {
		p.statements[query] = statement
	}
	return statement, err
}

// QueryContext runs a query.
func (p *Statements) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	statement, err := p.Statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return statement.QueryContext(ctx, args...)
}

// QueryRowContext runs a query for one row. If the query cannot be prepared it is run
// directly, so that its row has the error.
func (p *Statements) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	statement, err := p.Statement(ctx, query)
	if err != nil {
		return p.by.QueryRowContext(ctx, query, args...)
	}
	return statement.QueryRowContext(ctx, args...)
}
