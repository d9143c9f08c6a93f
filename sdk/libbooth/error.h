/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef BOOTH_ERROR_H
#define BOOTH_ERROR_H

#include <glib.h>

G_BEGIN_DECLS

#define BOOTH_ERROR booth_error_quark()
GQuark booth_error_quark(void);

/**
 * BoothError:
 * @BOOTH_ERROR_CONNECT: no phone listens there
 * @BOOTH_ERROR_PROTOCOL: it answered what is no control API, or closed the connection
 * @BOOTH_ERROR_BAD_JSON: the request is no JSON object
 * @BOOTH_ERROR_TOO_LONG: the request is longer than 65,536 bytes
 * @BOOTH_ERROR_BAD_REQUEST: a member is missing, unknown, of the wrong type or out of range
 * @BOOTH_ERROR_UNKNOWN_VERB: the phone does not know the verb
 * @BOOTH_ERROR_NO_VM: no VM of that name or number
 * @BOOTH_ERROR_BAD_STATE: not possible in this state
 * @BOOTH_ERROR_NOT_READY: the switchboard is not up yet
 * @BOOTH_ERROR_REFUSED: the switchboard refused
 * @BOOTH_ERROR_VM_FAILED: a VM that is waited for cannot become ready any more
 * @BOOTH_ERROR_MACHINE_STOPPED: the machine has stopped or is stopping
 * @BOOTH_ERROR_TIMEOUT: not done in time
 * @BOOTH_ERROR_IO: a file could not be written
 * @BOOTH_ERROR_BUSY: too much is waiting already
 * @BOOTH_ERROR_TOO_MANY: 32 clients are connected
 * @BOOTH_ERROR_OTHER: a code that this library does not know yet
 *
 * Why a call failed: the codes of docs/control-api.md, section 5, and two of the library's own. The
 * message is one line for people. New codes are added at the end.
 */
typedef enum {
    BOOTH_ERROR_CONNECT,
    BOOTH_ERROR_PROTOCOL,
    BOOTH_ERROR_BAD_JSON,
    BOOTH_ERROR_TOO_LONG,
    BOOTH_ERROR_BAD_REQUEST,
    BOOTH_ERROR_UNKNOWN_VERB,
    BOOTH_ERROR_NO_VM,
    BOOTH_ERROR_BAD_STATE,
    BOOTH_ERROR_NOT_READY,
    BOOTH_ERROR_REFUSED,
    BOOTH_ERROR_VM_FAILED,
    BOOTH_ERROR_MACHINE_STOPPED,
    BOOTH_ERROR_TIMEOUT,
    BOOTH_ERROR_IO,
    BOOTH_ERROR_BUSY,
    BOOTH_ERROR_TOO_MANY,
    BOOTH_ERROR_OTHER,
} BoothError;

G_END_DECLS

#endif
