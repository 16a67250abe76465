import Box from '@mui/material/Box';
import Button, { ButtonProps } from '@mui/material/Button';
import { Access } from '../hooks/useAccess';
import { DisabledReason } from './DisabledReason';
import { MissingPermission } from './MissingPermission';

export interface AccessButtonProps extends ButtonProps {
  /** The answer of `useAccess`; undefined while it is not known. */
  access: Access | undefined;
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

/** A button that asks first whether its reader may; when not, it says what is missing and offers to ask for it. */
export function AccessButton({ access, permission, blocked, disabled, ...button }: AccessButtonProps) {
  const reason = reasonOf({ access, permission, blocked });
  const control = (
    <DisabledReason reason={reason}>
      <Button {...button} disabled={disabled || Boolean(reason)} />
    </DisabledReason>
  );
  if (!access || access.allowed || !access.asked) return control;
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center' }}>
      {control}
      <MissingPermission access={access} permission={permission} />
    </Box>
  );
}
