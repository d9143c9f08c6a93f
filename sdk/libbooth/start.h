/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Phones by name: which run, start one, end one. */
#ifndef BOOTH_START_H
#define BOOTH_START_H

#include "phone.h"

G_BEGIN_DECLS

/**
 * booth_phone_names:
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of this user's phones that run now,
 * sorted
 */
char **booth_phone_names(void);

/**
 * booth_phone_start:
 * @name: (nullable): the phone's name; %NULL: "default"
 * @arguments: (nullable) (array zero-terminated=1): more words for `booth run`, such as
 * `--headless`, `--try`, `--clean` or `--handset` and a name; %NULL: none
 * @cancellable: (nullable): ends the start, and what of the phone has started already
 * @error: %BOOTH_ERROR_REFUSED: a phone of that name runs already; %BOOTH_ERROR_BAD_REQUEST: wrong
 * arguments; %BOOTH_ERROR_TIMEOUT; %BOOTH_ERROR_IO
 *
 * Starts a phone with `booth run --background`, waits until it takes requests, and connects to it.
 * It runs on when this program ends. The program `booth` is looked for beside this program, then in
 * PATH.
 *
 * Returns: (transfer full): the phone
 */
BoothPhone *booth_phone_start(const char *name, const char *const *arguments,
                              GCancellable *cancellable, GError **error);

/**
 * booth_phone_start_async:
 * @name: (nullable): as for booth_phone_start()
 * @arguments: (nullable) (array zero-terminated=1): as for booth_phone_start()
 * @cancellable: (nullable): as for booth_phone_start()
 * @callback: (nullable) (scope async): gets the result for booth_phone_start_finish(), source
 * object: %NULL
 * @data: for @callback
 *
 * booth_phone_start() that does not wait.
 */
void booth_phone_start_async(const char *name, const char *const *arguments,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data);

/**
 * booth_phone_start_finish:
 * @result: what the callback has got
 * @error: as of booth_phone_start()
 *
 * Returns: (transfer full): the phone
 */
BoothPhone *booth_phone_start_finish(GAsyncResult *result, GError **error);

/**
 * booth_phone_stop:
 * @phone: a phone
 * @options: (nullable): members of the verb `quit`, such as `now`; %NULL: the personas are asked to
 * shut down
 * @cancellable: (nullable): ends the wait, not the phone's end
 * @error: an error of #BoothError, or %G_IO_ERROR_CANCELLED
 *
 * Ends the phone and waits until its process is gone: then its disks are written, and its name is
 * free.
 *
 * Returns: whether it has ended
 */
gboolean booth_phone_stop(BoothPhone *phone, JsonObject *options, GCancellable *cancellable,
                          GError **error);

/**
 * booth_phone_stop_async:
 * @phone: a phone
 * @options: (nullable): as for booth_phone_stop()
 * @cancellable: (nullable): ends the wait, not the phone's end
 * @callback: (nullable) (scope async): gets the result for booth_phone_stop_finish()
 * @data: for @callback
 *
 * booth_phone_stop() that does not wait.
 */
void booth_phone_stop_async(BoothPhone *phone, JsonObject *options, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);

/**
 * booth_phone_stop_finish:
 * @phone: a phone
 * @result: what the callback has got
 * @error: as of booth_phone_stop()
 *
 * Returns: whether it has ended
 */
gboolean booth_phone_stop_finish(BoothPhone *phone, GAsyncResult *result, GError **error);

G_END_DECLS

#endif
