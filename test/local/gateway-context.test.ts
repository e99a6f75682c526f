import { afterEach, describe, expect, it, vi } from 'vitest';
import { createContext } from '../../local/gateway/context.ts';

const OPTIONS = { requestId: 'r1', userData: { LOG_LEVEL: 'info' }, timeoutMs: 10_000 };

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('the context', () => {
  it('has the methods of FunctionGraph, letter by letter', () => {
    expect(Object.keys(createContext(OPTIONS)).sort()).toEqual([
      'getAccessKey',
      'getAlias',
      'getCPUNumber',
      'getFunctionName',
      'getLogger',
      'getMemorySize',
      'getPackage',
      'getProjectID',
      'getRemainingTimeInMilliSeconds',
      'getRequestID',
      'getRunningTimeInSeconds',
      'getSecretKey',
      'getSecurityAccessKey',
      'getSecuritySecretKey',
      'getSecurityToken',
      'getToken',
      'getUserData',
      'getVersion',
      'getWorkflowID',
      'getWorkflowRunID',
      'getWorkflowStateID',
    ]);
  });

  it('knows its settings and nothing of its prototype', () => {
    const context = createContext(OPTIONS);
    expect(context.getUserData('LOG_LEVEL')).toBe('info');
    expect(context.getUserData('toString')).toBeUndefined();
    expect(context.getRequestID()).toBe('r1');
  });

  it('has empty strings for an agency unless it is given one', () => {
    const { getSecurityAccessKey, getSecuritySecretKey, getSecurityToken } = createContext(OPTIONS);
    expect([getSecurityAccessKey(), getSecuritySecretKey(), getSecurityToken()]).toEqual(['', '', '']);
    const agency = { accessKey: 'AK-EXAMPLE', secretKey: 'SK-EXAMPLE', securityToken: 'TOKEN-EXAMPLE' };
    const withAgency = createContext({ ...OPTIONS, agency, projectId: 'p' });
    expect(withAgency.getSecurityAccessKey()).toBe('AK-EXAMPLE');
    expect(withAgency.getSecuritySecretKey()).toBe('SK-EXAMPLE');
    expect(withAgency.getSecurityToken()).toBe('TOKEN-EXAMPLE');
    expect(withAgency.getProjectID()).toBe('p');
  });

  it('counts its time down from the moment it was made, past zero', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const context = createContext(OPTIONS);
    expect(context.getRemainingTimeInMilliSeconds()).toBe(10_000);
    vi.advanceTimersByTime(10_500);
    expect(context.getRemainingTimeInMilliSeconds()).toBe(-500);
  });

  it('has a logger that writes to the console, and drops debug lines', () => {
    const info = vi.spyOn(console, 'info').mockImplementation(() => undefined);
    const debug = vi.spyOn(console, 'debug').mockImplementation(() => undefined);
    const logger = createContext(OPTIONS).getLogger();
    logger.info('%s is %d', 'x', 1);
    logger.debug();
    expect(info).toHaveBeenCalledWith('%s is %d', 'x', 1);
    expect(debug).not.toHaveBeenCalled();
  });
});
