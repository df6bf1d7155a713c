package shopify

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// The mutation exists since API version 2025-07
// (https://shopify.dev/changelog/new-appuninstall-mutation-to-allow-apps-to-uninstall-themselves).
const uninstallMutation = `mutation EshopAppUninstall { appUninstall { userErrors { code message } } }`

// Uninstall removes the app from the shop, and with it every token: by the
// mutation, and where the shop does not take it by the older call
// (https://shopify.dev/docs/apps/build/authentication-authorization/app-installation/uninstall-app-api-request).
func (p *Provider) Uninstall(ctx context.Context, domain string, token connector.Secret) error {
	question, _ := json.Marshal(map[string]string{"query": uninstallMutation})
	body, err := p.send(ctx, http.MethodPost, domain, "/admin/api/"+p.apiVersion+"/graphql.json", token, question)
	if err != nil {
		return err
	}
	if uninstalled(body) {
		return nil
	}
	_, err = p.send(ctx, http.MethodDelete, domain, "/admin/api_permissions/current.json", token, nil)
	return err
}

func uninstalled(body []byte) bool {
	var reply struct {
		Errors json.RawMessage
		Data   struct {
			AppUninstall *struct {
				UserErrors []struct{ Code string }
			}
		}
	}
	if json.Unmarshal(body, &reply) != nil || len(reply.Errors) > 0 || reply.Data.AppUninstall == nil {
		return false
	}
	for _, problem := range reply.Data.AppUninstall.UserErrors {
		if !strings.HasPrefix(problem.Code, "APP_NOT_") { // not found, not installed: it is gone
			return false
		}
	}
	return true
}

// send makes one request that is not worth trying again, because a disconnect
// is repeated by hand.
func (p *Provider) send(ctx context.Context, method, domain, path string, token connector.Secret, body []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, p.site.URL(domain, path).String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set(tokenHeader, token.Reveal())
	response, err := p.site.Client(domain).Do(request)
	if err != nil {
		return nil, withReason(asFailure(domain, err).fault)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return nil, withReason(asFailure(domain, err).fault)
	}
	if response.StatusCode != http.StatusOK {
		return nil, withReason(refusal(domain, response.StatusCode, response.Header, veiled(answer, token)).fault)
	}
	return answer, nil
}
