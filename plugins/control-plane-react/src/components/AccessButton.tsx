import Button, { ButtonProps } from '@mui/material/Button';
import { DisabledReason } from './DisabledReason';

export interface AccessButtonProps extends ButtonProps {
  /** The answer of `useAccess`; undefined while it is not known. */
  access: { allowed: boolean; reason: string } | undefined;
  /** The permission in words: “merge pull requests of web”. */
  permission: string;
  /** Another reason why it cannot be used now, said after the permission. */
  blocked?: string;
}

/** Why a control is disabled: the permission that is missing and who gives it, then any other reason. */
export function reasonOf({
  access,
  permission,
  blocked,
}: Pick<AccessButtonProps, 'access' | 'permission' | 'blocked'>) {
  if (!access) return 'Checking whether you may do this';
  if (access.allowed) return blocked;
  const why = access.reason ? ` (${access.reason})` : '';
  return `You may not ${permission}${why}. An admin of this organization can give you the role.`;
}

/** A button that asks first whether its reader may, and says what is missing when not. */
export function AccessButton({ access, permission, blocked, disabled, ...button }: AccessButtonProps) {
  const reason = reasonOf({ access, permission, blocked });
  return (
    <DisabledReason reason={reason}>
      <Button {...button} disabled={disabled || Boolean(reason)} />
    </DisabledReason>
  );
}
