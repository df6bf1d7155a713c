package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/site"
)

// sendOnce sends a document once. An error that may pass is a *failure.
func (c *Client) sendOnce(ctx context.Context, token connector.Secret, d queries.Document, variables map[string]any, data any) error {
	text := c.absent.TextWithout(d.Text())
	if text == "" {
		return nil
	}
	reserved, err := c.budget.reservePoints(ctx, c.budget.priceOf(d, variables))
	if err != nil {
		return err
	}
	var reply answer
	defer func() { c.budget.settleCost(reserved, reply.Extensions.Cost) }()
	response, body, err := c.postQuestion(ctx, token, d, text, variables)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return asFailure(c.domain, err)
	case response.StatusCode != http.StatusOK:
		return c.wordStatus(response, body, token)
	}
	if !isJSON(body) {
		return foreignAnswer(c.domain, response.StatusCode, response.Header, veilToken(body, token))
	}
	c.headers.noteTime(response.Header.Get("Date"))
	body = decode.Textual(body)
	if err := decode.Unmarshal(body, &reply, nil); err != nil {
		return unreadableAnswer(c.domain, d, body, err)
	}
	if err := c.takeVersion(response.Header.Get("X-Shopify-API-Version")); err != nil {
		return err
	}
	return c.acceptAnswer(&reply, d, variables, token, data)
}

func asFailure(domain string, err error) *failure {
	var f *failure
	if errors.As(err, &f) {
		return f
	}
	return unreachableFailure(domain, err)
}

// postQuestion sends a request and reads the whole answer.
func (c *Client) postQuestion(
	ctx context.Context, token connector.Secret, d queries.Document, text string, variables map[string]any,
) (*http.Response, []byte, error) {
	question, err := json.Marshal(struct {
		Query         string         `json:"query"`
		OperationName string         `json:"operationName"`
		Variables     map[string]any `json:"variables,omitempty"`
	}{text, d.OperationName(), variables})
	if err != nil {
		return nil, nil, fmt.Errorf("writing %s: %w", d, err)
	}
	address := c.site.URL(c.domain, "/admin/api/"+c.version+"/graphql.json")
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), bytes.NewReader(question))
	if err != nil {
		return nil, nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	if !token.IsZero() {
		request.Header.Set(site.TokenHeader, token.Reveal())
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, c.maxAnswer+1))
	if err == nil && int64(len(body)) > c.maxAnswer {
		err = c.tooLarge(d)
	}
	return response, body, err
}

func (c *Client) tooLarge(d queries.Document) *failure {
	return &failure{fault: &connector.Fault{
		Code:    connector.ProviderFault,
		Message: fmt.Sprintf("%s answered %s with more than %d MB", c.domain, d.OperationName(), c.maxAnswer>>20),
		Next:    connector.Advice("a record of the shop is too large to be read; look for an extreme description"),
		Err:     ErrTooMuch,
	}}
}

// wordStatus words a status other than 200. A gateway timeout that does not pass means that
// the page was too big.
func (c *Client) wordStatus(response *http.Response, body []byte, token connector.Secret) *failure {
	f := statusInWords(c.domain, response.StatusCode, response.Header, veilToken(body, token))
	if response.StatusCode == http.StatusGatewayTimeout {
		f.fault.Err = ErrTooMuch
	}
	return f
}
