/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef BOOTH_PHONE_H
#define BOOTH_PHONE_H

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * BoothPhone:
 *
 * A connection to a running phone: requests go to it, replies and events come from it.
 *
 * An object belongs to the thread that made it. Callbacks and signals come from the thread-default
 * main context that this thread had then; a call without `_async` waits, and delivers no signal
 * meanwhile: what has come is delivered when the context runs again. Any number of objects, in any
 * number of threads, may be connected to one phone, up to the phone's 32 clients.
 */
#define BOOTH_TYPE_PHONE booth_phone_get_type()
G_DECLARE_FINAL_TYPE(BoothPhone, booth_phone, BOOTH, PHONE, GObject)

/**
 * BoothPhone::event:
 * @phone: the phone
 * @event: all members of the event
 *
 * An event of docs/control-api.md, section 4. Its detail is the event's name: `event::front`.
 * Events come once they have been asked for, with booth_phone_subscribe() or booth_phone_console().
 */

/**
 * BoothPhone::closed:
 * @phone: the phone
 * @reason: why, of #BoothError
 *
 * The connection has ended. Nothing comes after this.
 */

/**
 * booth_phone_open:
 * @name: (nullable): name of the phone, as `booth --name` has it; %NULL: "default"
 * @cancellable: (nullable): ends the wait
 * @error: %BOOTH_ERROR_CONNECT: no phone of that name runs
 *
 * Finds a running phone by its name and connects to it.
 *
 * Returns: (transfer full): the phone
 */
BoothPhone *booth_phone_open(const char *name, GCancellable *cancellable, GError **error);

/**
 * booth_phone_open_async:
 * @name: (nullable): as for booth_phone_open()
 * @cancellable: (nullable): ends the wait
 * @callback: (nullable) (scope async): gets the result for booth_phone_open_finish(), source
 * object: %NULL
 * @data: for @callback
 *
 * booth_phone_open() that does not wait.
 */
void booth_phone_open_async(const char *name, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);

/**
 * booth_phone_open_finish:
 * @result: what the callback has got
 * @error: as of booth_phone_open()
 *
 * Returns: (transfer full): the phone
 */
BoothPhone *booth_phone_open_finish(GAsyncResult *result, GError **error);

/**
 * booth_phone_open_path:
 * @path: (type filename): of a control socket
 * @cancellable: (nullable): ends the wait
 * @error: %BOOTH_ERROR_CONNECT: no phone listens there
 *
 * Connects to the phone with that control socket.
 *
 * Returns: (transfer full): the phone
 */
BoothPhone *booth_phone_open_path(const char *path, GCancellable *cancellable, GError **error);

/**
 * booth_phone_get_path:
 * @phone: a phone
 *
 * Returns: (transfer none) (type filename): path of its control socket
 */
const char *booth_phone_get_path(BoothPhone *phone);

/**
 * booth_phone_call:
 * @phone: a phone
 * @verb: a verb of docs/control-api.md, section 3
 * @members: (nullable): its members; %NULL: none. Not changed
 * @cancellable: (nullable): ends the wait, not what the phone has begun to do
 * @error: an error of #BoothError, or %G_IO_ERROR_CANCELLED
 *
 * Does what the verb says and waits for the reply. verbs.h has a function for each verb.
 *
 * Returns: (transfer full): the reply
 */
JsonObject *booth_phone_call(BoothPhone *phone, const char *verb, JsonObject *members,
                             GCancellable *cancellable, GError **error);

/**
 * booth_phone_call_async:
 * @phone: a phone
 * @verb: as for booth_phone_call()
 * @members: (nullable): as for booth_phone_call()
 * @cancellable: (nullable): ends the wait, not what the phone has begun to do
 * @callback: (nullable) (scope async): gets the result for booth_phone_call_finish()
 * @data: for @callback
 *
 * booth_phone_call() that does not wait. The phone starts requests in the order in which they were
 * made; the replies to those that take time may come in another.
 */
void booth_phone_call_async(BoothPhone *phone, const char *verb, JsonObject *members,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/**
 * booth_phone_call_finish:
 * @phone: a phone
 * @result: what the callback has got
 * @error: as of booth_phone_call()
 *
 * Ends booth_phone_call_async() and each `_async` function of verbs.h.
 *
 * Returns: (transfer full): the reply
 */
JsonObject *booth_phone_call_finish(BoothPhone *phone, GAsyncResult *result, GError **error);

/**
 * booth_phone_wait_event:
 * @phone: a phone
 * @cancellable: (nullable): ends the wait
 * @error: %BOOTH_ERROR_PROTOCOL: the connection has ended
 *
 * For programs without a main loop: waits for the next event, which then gives no signal.
 *
 * Returns: (transfer full): the event
 */
JsonObject *booth_phone_wait_event(BoothPhone *phone, GCancellable *cancellable, GError **error);

/**
 * booth_phone_get_fd:
 * @phone: a phone
 *
 * For main loops that are not GLib's: a file descriptor that is readable when
 * booth_phone_dispatch() has something to do. It is always the same, and belongs to the phone.
 * Before the program waits for the first time it calls booth_phone_dispatch() once.
 *
 * Returns: the file descriptor, or -1 if the process has too many
 */
int booth_phone_get_fd(BoothPhone *phone);

/**
 * booth_phone_dispatch:
 * @phone: a phone
 *
 * Runs the main context of the phone as long as it has something to do, without waiting: callbacks
 * and signals come from here.
 */
void booth_phone_dispatch(BoothPhone *phone);

G_END_DECLS

#endif
