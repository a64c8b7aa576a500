// The peer on Go's net/http: Standard Webhooks and a typed event, with what the language brings.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

type event struct {
	Created string `json:"created"`
	Type    string `json:"type"`
	Data    struct {
		Object struct {
			ID          string  `json:"id"`
			Codigo      string  `json:"codigo"`
			Titulo      string  `json:"titulo"`
			Descripcion *string `json:"descripcion"`
			Created     string  `json:"created"`
		} `json:"object"`
		Client struct {
			ID              string  `json:"id"`
			Codigo          string  `json:"codigo"`
			NombreComercial string  `json:"nombre_comercial"`
			NombreLegal     string  `json:"nombre_legal"`
			Caracteristicas *string `json:"caracteristicas"`
			NroID           string  `json:"nro_id"`
			Direccion       *string `json:"direccion"`
			Pais            *string `json:"pais"`
			Ciudad          *string `json:"ciudad"`
			Email           *string `json:"email"`
			Telefono        *string `json:"telefono"`
		} `json:"client"`
		User struct {
			ID          string  `json:"id"`
			Nombre      string  `json:"nombre"`
			ApPaterno   *string `json:"ap_paterno"`
			ApMaterno   *string `json:"ap_materno"`
			Email       *string `json:"email"`
			Username    string  `json:"username"`
			Descripcion *string `json:"descripcion"`
		} `json:"user"`
		Asset struct {
			ID *string `json:"id"`
		} `json:"asset"`
	} `json:"data"`
}

const (
	limit     = 1 << 20
	tolerance = 5 * time.Minute
)

type endpoint struct{ key []byte }

func (e endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if err != nil {
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	if !e.verify(r.Header, body) {
		http.Error(w, "not proven", http.StatusUnauthorized)
		return
	}
	var received event
	if err := json.Unmarshal(body, &received); err != nil {
		http.Error(w, "not this event", http.StatusUnprocessableEntity)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "application/json")
	io.WriteString(w, `{"status":"accepted"}`)
}

func (e endpoint) verify(header http.Header, body []byte) bool {
	id, timestamp := header.Get("Webhook-Id"), header.Get("Webhook-Timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > tolerance {
		return false
	}
	mac := hmac.New(sha256.New, e.key)
	io.WriteString(mac, id+"."+timestamp+".")
	mac.Write(body)
	tag := mac.Sum(nil)
	for _, signature := range strings.Fields(header.Get("Webhook-Signature")) {
		sent, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(signature, "v1,"))
		if strings.HasPrefix(signature, "v1,") && err == nil && hmac.Equal(sent, tag) {
			return true
		}
	}
	return false
}

func main() {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(os.Getenv("SIGNED_SECRET"), "whsec_"))
	if err != nil {
		log.Fatal("SIGNED_SECRET: ", err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on http://%s, Go %s net/http\n", listener.Addr(), strings.TrimPrefix(runtime.Version(), "go"))
	routes := http.NewServeMux()
	routes.Handle("/webhooks/signed", endpoint{key})
	log.Fatal(http.Serve(listener, routes))
}
