package org.sftoolkit.emulator.api;

/**
 * Who may log in by name.
 *
 * @param securityToken appended to the password by clients outside trusted networks
 * @param id the user's id, 18 characters
 */
public record UserAccount(String userName, String password, String securityToken, String id) {

    /** Whether that is the password with the security token behind it. */
    boolean accepts(String presented) {
        return (password + securityToken).equals(presented);
    }

    @Override
    public String toString() {
        return "UserAccount[" + userName + "]";
    }
}
