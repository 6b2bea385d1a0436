#ifndef WATCHWORD_CURL_SHIM_H
#define WATCHWORD_CURL_SHIM_H

#include <curl/curl.h>

// curl's option calls take any number of arguments, which Swift cannot call; these fix the types.

typedef size_t (*watchword_curl_sink)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode watchword_curl_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode watchword_curl_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode watchword_curl_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode watchword_curl_sink_to(CURL *handle, CURLoption option, watchword_curl_sink sink) {
    return curl_easy_setopt(handle, option, sink);
}

static inline CURLcode watchword_curl_status(CURL *handle, long *status) {
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, status);
}

#endif
