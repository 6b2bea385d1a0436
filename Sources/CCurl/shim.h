#ifndef WATCHWORD_CURL_SHIM_H
#define WATCHWORD_CURL_SHIM_H

#include <curl/curl.h>
#include <locale.h>
#include <spawn.h>

// curl's option calls take any number of arguments, which Swift cannot call; these fix the types.

typedef size_t (*watchword_curl_sink)(char *bytes, size_t size, size_t count, void *context);
typedef int (*watchword_curl_pulse)(
    void *context, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up);
typedef int (*watchword_curl_witness)(CURL *handle, curl_infotype kind, char *bytes, size_t count, void *context);

static inline CURLcode watchword_curl_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode watchword_curl_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode watchword_curl_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode watchword_curl_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode watchword_curl_sink_to(CURL *handle, CURLoption option, watchword_curl_sink sink) {
    return curl_easy_setopt(handle, option, sink);
}

// Asked at least once a second while a transfer runs; anything but 0 ends it.
static inline CURLcode watchword_curl_pulse_to(CURL *handle, watchword_curl_pulse pulse) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, pulse);
}

static inline CURLcode watchword_curl_witness_to(CURL *handle, watchword_curl_witness witness) {
    return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, witness);
}

static inline CURLcode watchword_curl_status(CURL *handle, long *status) {
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, status);
}

// How many connections the last transfer opened: 0 if it used one that was open.
static inline CURLcode watchword_curl_connects(CURL *handle, long *count) {
    return curl_easy_getinfo(handle, CURLINFO_NUM_CONNECTS, count);
}

// The open connection of the last transfer, CURL_SOCKET_BAD if there is none.
static inline CURLcode watchword_curl_socket(CURL *handle, curl_socket_t *socket) {
    *socket = CURL_SOCKET_BAD;
    return curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, socket);
}

// The host in A-labels (RFC 5890), to be freed by curl_free; NULL where it cannot be one.
// curl reads names by the thread's locale, which is "C" in a program that sets none: it is UTF-8 for the moment.
static inline char *watchword_curl_ascii_host(const char *host) {
    char *ascii = NULL;
    CURLU *url = curl_url();
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    if (url && !curl_url_set(url, CURLUPART_SCHEME, "smtp", 0) && !curl_url_set(url, CURLUPART_HOST, host, 0)) {
        if (curl_url_get(url, CURLUPART_HOST, &ascii, CURLU_PUNYCODE)) ascii = NULL;
    }
    if (before) uselocale(before);
    if (utf8) freelocale(utf8);
    curl_url_cleanup(url);
    return ascii;
}

// A program started to take mail gets no descriptor of ours. glibc declares it to _GNU_SOURCE only.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

static inline int watchword_spawn_closes(posix_spawn_file_actions_t *actions, int from) {
    return posix_spawn_file_actions_addclosefrom_np(actions, from);
}

#endif
