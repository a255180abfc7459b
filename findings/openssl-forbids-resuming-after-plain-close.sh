#!/bin/bash
# Expected: a session taken with SSL_get1_session after a good exchange can be offered to the next connection. The
#   reference belongs to the caller, and how the old connection is closed later does not change it.
# Seen: SSL_free of a connection that has sent no close_notify marks the session as not resumable, in the caller's
#   hand too. Each later connection makes a full handshake, without an error. Clients that close the socket without
#   SSL_shutdown (usual for HTTPS, where HTTP delimits messages) therefore never resume. Declaring the shutdown done
#   with SSL_set_shutdown before SSL_free keeps the session, and sends nothing. Same for TLS 1.2 and TLS 1.3.
# Version: OpenSSL 3.0.22-1~deb12u2 (Debian 12).
# Output:
#   TLSv1.2 closed: resumable before 1, after 0; next handshake full
#   TLSv1.2 declared shut down: resumable before 1, after 1; next handshake resumed
#   TLSv1.3 closed: resumable before 1, after 0; next handshake full
#   TLSv1.3 declared shut down: resumable before 1, after 1; next handshake resumed
# azrestored: declares the shutdown done when the last exchange on a connection ended well.
# Needs: cc and libc6-dev of the machine. Nothing leaves the process: client and server are joined in memory.
# Exit status: 0 as described, 1 changed, 2 could not be tried.
set -Eeuo pipefail
trap 'echo "could not be tried (line $LINENO)" >&2; exit 2' ERR
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in {libssl3,libssl-dev,openssl}=3.0.22-1~deb12u2; do
  apt-get -qq -o APT::Sandbox::User=root download "$package" || { echo "cannot be had: $package" >&2; exit 2; }
done
for file in *.deb; do dpkg-deb -x "$file" root; done
libraries=$work/root/usr/lib/x86_64-linux-gnu
export LD_LIBRARY_PATH=$libraries OPENSSL_CONF=$work/root/usr/lib/ssl/openssl.cnf
printf '[req]\ndistinguished_name=name\n[name]\n' > request.cnf
root/usr/bin/openssl req -x509 -config request.cnf -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
  -subj /CN=server.example -days 2 -keyout key.pem -out certificate.pem 2>/dev/null

cat > resume.c <<'C'
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
static SSL_CTX *server_context, *client_context;
struct pair { SSL *client, *server; };

static void need(int good) { if (!good) exit(3); }

static struct pair exchange(SSL_SESSION *offered) {
  struct pair p = {SSL_new(client_context), SSL_new(server_context)};
  BIO *at_client, *at_server;
  char byte;
  need(BIO_new_bio_pair(&at_client, 0, &at_server, 0));
  SSL_set_bio(p.client, at_client, at_client);
  SSL_set_bio(p.server, at_server, at_server);
  SSL_set_connect_state(p.client);
  SSL_set_accept_state(p.server);
  if (offered) need(SSL_set_session(p.client, offered));
  for (int round = 0; round < 20; ++round) { SSL_do_handshake(p.client); SSL_do_handshake(p.server); }
  need(SSL_is_init_finished(p.client) && SSL_is_init_finished(p.server));
  need(SSL_write(p.client, "?", 1) == 1 && SSL_read(p.server, &byte, 1) == 1);
  need(SSL_write(p.server, "!", 1) == 1 && SSL_read(p.client, &byte, 1) == 1);  /* with the tickets of TLS 1.3 */
  return p;
}

static void leave(struct pair p, int declare) {
  const int both = SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN;
  if (declare) SSL_set_shutdown(p.client, both);
  SSL_set_shutdown(p.server, both);  /* the server keeps its side in all cases */
  SSL_free(p.client);
  SSL_free(p.server);
}

int main(void) {
  const int versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};
  for (int i = 0; i < 4; ++i) {
    const int declare = i % 2;
    server_context = SSL_CTX_new(TLS_server_method());
    client_context = SSL_CTX_new(TLS_client_method());
    need(SSL_CTX_use_certificate_file(server_context, "certificate.pem", SSL_FILETYPE_PEM));
    need(SSL_CTX_use_PrivateKey_file(server_context, "key.pem", SSL_FILETYPE_PEM));
    need(SSL_CTX_load_verify_locations(client_context, "certificate.pem", NULL));
    SSL_CTX_set_verify(client_context, SSL_VERIFY_PEER, NULL);
    need(SSL_CTX_set_min_proto_version(client_context, versions[i / 2]));
    need(SSL_CTX_set_max_proto_version(client_context, versions[i / 2]));
    struct pair first = exchange(NULL);
    SSL_SESSION *session = SSL_get1_session(first.client);
    printf("%s %s: resumable before %d, ", SSL_get_version(first.client), declare ? "declared shut down" : "closed",
           SSL_SESSION_is_resumable(session));
    leave(first, declare);
    printf("after %d; ", SSL_SESSION_is_resumable(session));
    struct pair second = exchange(session);
    printf("next handshake %s\n", SSL_session_reused(second.client) ? "resumed" : "full");
    leave(second, 1);
    SSL_SESSION_free(session);
    SSL_CTX_free(server_context);
    SSL_CTX_free(client_context);
  }
  return 0;
}
C
cc -isystem root/usr/include -isystem root/usr/include/x86_64-linux-gnu resume.c -o resume -L"$libraries" -lssl -lcrypto

seen=$(./resume)
expected='TLSv1.2 closed: resumable before 1, after 0; next handshake full
TLSv1.2 declared shut down: resumable before 1, after 1; next handshake resumed
TLSv1.3 closed: resumable before 1, after 0; next handshake full
TLSv1.3 declared shut down: resumable before 1, after 1; next handshake resumed'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; expected:\n%s\n' "$expected" >&2; exit 1; }
