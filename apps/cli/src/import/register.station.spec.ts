import { registerStation } from './register.station.js';

const open = (code: string) => ({
  status: 'open' as const,
  code,
  name: '幸福小区驿站',
  community: '幸福社区',
  street: '朝阳街道',
  district: '和平区',
  timeZone: 'Asia/Shanghai',
});

describe('the station of a register', () => {
  it('is the one that was named, as it stands in the store', () => {
    const { status: _, ...facts } = open('YFXJ');
    expect(registerStation({ station: 'YFXJ', district: '别区' }, [open('YFXJ'), open('HPL')])).toEqual(
      facts,
    );
  });

  it('needs no name where there is only one', () => {
    expect(registerStation({}, [open('HPL')]).code).toBe('HPL');
    expect(() => registerStation({}, [open('YFXJ'), open('HPL')])).toThrow('YFXJ, HPL');
  });

  it('is opened where there is none yet', () => {
    expect(registerStation({ station: 'YFXJ' }, [])).toEqual({
      code: 'YFXJ',
      name: 'YFXJ 驿站',
      community: '未列社区',
      street: '未列街道',
      district: '未列区',
      timeZone: 'Asia/Shanghai',
    });
    expect(registerStation({}, []).code).toBe('YIZHAN');
  });

  it('is not opened by a slip of the pen beside others', () => {
    expect(() => registerStation({ station: 'YFXI' }, [open('YFXJ')])).toThrow('There is no station YFXI');
    expect(registerStation({ station: 'HPL', district: '河西区' }, [open('YFXJ')])).toMatchObject({
      code: 'HPL',
      district: '河西区',
    });
    expect(() => registerStation({ station: 'yfxj' }, [])).toThrow('is not a code');
  });

  it.each([
    ['--community', { community: '区'.repeat(65) }],
    ['--street', { street: '街/道' }],
    ['--district', { district: '' }],
    ['--station-name', { stationName: '站'.repeat(101) }],
    ['--station-name', { stationName: ' ' }],
  ])('is not opened under a name that HTTP refuses: %s', (option, named) => {
    expect(() => registerStation({ station: 'HPL', ...named }, [])).toThrow(`${option} `);
  });
});
