package client

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/site"
)

// The mutation exists since API version 2025-07
// (https://shopify.dev/changelog/new-appuninstall-mutation-to-allow-apps-to-uninstall-themselves).
const uninstallMutation = `mutation EshopAppUninstall { appUninstall { userErrors { code message } } }`

// UninstallApp removes the app from the shop, which ends all its tokens there. It uses the
// mutation, and where the shop does not take that the older REST call
// (https://shopify.dev/docs/apps/build/authentication-authorization/app-installation/uninstall-app-api-request).
func UninstallApp(ctx context.Context, site *site.Site, domain, apiVersion string, token connector.Secret) error {
	a := admin{site, domain, token}
	question, _ := json.Marshal(map[string]string{"query": uninstallMutation})
	body, err := a.sendRequest(ctx, http.MethodPost, "/admin/api/"+apiVersion+"/graphql.json", question)
	if err != nil {
		return err
	}
	if isUninstalled(body) {
		return nil
	}
	_, err = a.sendRequest(ctx, http.MethodDelete, "/admin/api_permissions/current.json", nil)
	return err
}

// isUninstalled reports whether the answer to the mutation says that the app is removed.
func isUninstalled(body []byte) bool {
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
		if !strings.HasPrefix(problem.Code, "APP_NOT_") { // APP_NOT_FOUND and APP_NOT_INSTALLED mean that it is removed
			return false
		}
	}
	return true
}

// admin sends requests to the admin of a shop that are not GraphQL questions of a Client.
type admin struct {
	site   *site.Site
	domain string
	token  connector.Secret
}

// sendRequest sends a request once: an operator whose disconnect fails repeats it by hand.
func (a admin) sendRequest(ctx context.Context, method, path string, body []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, a.site.URL(a.domain, path).String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set(site.TokenHeader, a.token.Reveal())
	response, err := a.site.Client(a.domain).Do(request)
	if err != nil {
		return nil, withReason(asFailure(a.domain, err).fault)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return nil, withReason(asFailure(a.domain, err).fault)
	}
	if response.StatusCode != http.StatusOK {
		return nil, withReason(statusInWords(a.domain, response.StatusCode, response.Header, veilToken(answer, a.token)).fault)
	}
	return answer, nil
}
